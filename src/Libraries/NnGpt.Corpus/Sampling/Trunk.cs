namespace NnGpt.Corpus.Sampling;

/// <summary>Stacks the blocks of a helper class into the body of Net, in one of several code styles.</summary>
internal static class Trunk
{
    /// <summary>Writes stem and blocks, leaves the maps in <c>x</c>, returns their channels.</summary>
    /// <param name="block">Class or function called as block(in, out, stride), or block(in, out) when not strided.</param>
    public static int Write(Draft draft, Taste taste, string block, bool strided = true, int most = 64)
    {
        RandomSource random = taste.Random;
        int stages = random.Weighted((1, 14), (2, 36), (3, 34), (4, 16));
        int[] widths = taste.Widths(stages, most);
        int stem = random.Chance(0.7) ? widths[0] : random.Pick(4, 8, 16);
        int[] strides = new int[stages];
        for (int i = 0; i < stages; i++)
        {
            strides[i] = i == 0 ? random.Weighted((1, 60), (2, 40)) : random.Weighted((2, 80), (1, 20));
        }

        if (!strided && stages == 4)
        {
            // Pooling floors: 28 pixels survive a strided stem and three halvings.
            strides[0] = 1;
        }

        string stemText = Stem(taste, stem, stages, patches: strided);
        switch (random.Below(4))
        {
            case 0:
                Attributes(draft, taste, block, strided, stem, stemText, widths, strides);
                break;
            case 1:
                Inline(draft, taste, block, strided, stem, stemText, widths, strides);
                break;
            case 2:
                Loop(draft, taste, block, strided, stem, stemText, widths, strides);
                break;
            default:
                ModuleList(draft, taste, block, strided, stem, stemText, widths, strides);
                break;
        }

        return widths[^1];
    }

    /// <summary>The first layer: brings the image to the stem's channels, often at half its size.</summary>
    public static string Stem(Taste taste, int width, int stages, bool patches = true)
    {
        // Blocks without a stride of their own would be costly on full-size maps.
        int kind = taste.Random.Weighted((0, patches ? stages == 1 ? 10 : 30 : 0), (1, 45), (2, 12), (3, patches ? 13 : 0));
        string conv = kind switch
        {
            0 when width <= 16 => taste.Conv("in_shape[1]", width, 3),
            2 => taste.Conv("in_shape[1]", width, 5, 2),
            3 => $"nn.Conv2d(in_shape[1], {width}, 4, stride=4)",
            _ => taste.Conv("in_shape[1]", width, 3, 2),
        };
        return conv;
    }

    private static string Call(string block, bool strided, object from, object to, object stride) =>
        strided ? $"{block}({from}, {to}, {stride})" : $"{block}({from}, {to})";

    private static void Attributes(
        Draft draft, Taste taste, string block, bool strided, int stem, string stemText, int[] widths, int[] strides)
    {
        string name = taste.Vary("layer", "block", "stage");
        draft.Init($"self.stem = {stemText}");
        draft.Forward(taste.Random.Chance(0.5) ? "x = self.stem(x)" : $"x = {taste.Activation.Call("self.stem(x)")}");
        int from = stem;
        for (int i = 0; i < widths.Length; i++)
        {
            draft.Init($"self.{name}{i + 1} = {Call(block, strided, from, widths[i], strides[i])}");
            draft.Forward($"x = self.{name}{i + 1}(x)");
            if (!strided && strides[i] == 2)
            {
                draft.Forward("x = F.max_pool2d(x, 2)");
            }

            from = widths[i];
        }
    }

    private static void Inline(
        Draft draft, Taste taste, string block, bool strided, int stem, string stemText, int[] widths, int[] strides)
    {
        string name = taste.Vary("features", "body", "net");
        List<string> parts = [stemText];
        if (taste.Random.Chance(0.5))
        {
            if (taste.Normalizes)
            {
                parts.Add(taste.Norm(stem));
            }

            parts.Add(taste.Activation.Module);
        }

        int from = stem;
        for (int i = 0; i < widths.Length; i++)
        {
            parts.Add(Call(block, strided, from, widths[i], strides[i]));
            if (!strided && strides[i] == 2)
            {
                parts.Add(taste.Pool());
            }

            from = widths[i];
        }

        draft.Init(Taste.Sequential(parts, $"self.{name} = "));
        draft.Forward($"x = self.{name}(x)");
    }

    private static void Loop(
        Draft draft, Taste taste, string block, bool strided, int stem, string stemText, int[] widths, int[] strides)
    {
        string name = taste.Vary("features", "blocks", "body");
        draft.Init($"layers = [{stemText}]", $"c = {stem}");
        if (strided)
        {
            draft.Init(
                $"for w, s in [{string.Join(", ", widths.Zip(strides, (w, s) => $"({w}, {s})"))}]:",
                $"    layers.append({block}(c, w, s))",
                "    c = w");
        }
        else
        {
            draft.Init(
                $"for w in [{string.Join(", ", widths)}]:",
                widths.Length <= 3 ? $"    layers += [{block}(c, w), {taste.Pool()}]" : $"    layers.append({block}(c, w))",
                "    c = w");
        }

        draft.Init($"self.{name} = nn.Sequential(*layers)");
        draft.Forward($"x = self.{name}(x)");
    }

    private static void ModuleList(
        Draft draft, Taste taste, string block, bool strided, int stem, string stemText, int[] widths, int[] strides)
    {
        draft.Init($"self.stem = {stemText}", "self.blocks = nn.ModuleList()", $"c = {stem}");
        if (strided)
        {
            draft.Init(
                $"for w, s in [{string.Join(", ", widths.Zip(strides, (w, s) => $"({w}, {s})"))}]:",
                $"    self.blocks.append({block}(c, w, s))",
                "    c = w");
        }
        else
        {
            draft.Init(
                $"for w in [{string.Join(", ", widths)}]:",
                $"    self.blocks.append({block}(c, w))",
                "    c = w");
        }

        draft.Forward("x = self.stem(x)", "for block in self.blocks:", "    x = block(x)");
        if (!strided && widths.Length <= 3)
        {
            draft.Forward("    x = F.max_pool2d(x, 2)");
        }
    }
}

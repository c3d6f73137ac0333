namespace NnGpt.Corpus.Sampling.Families;

/// <summary>Fully connected layers over the flattened (sometimes pooled) image.</summary>
internal sealed class MlpFamily : IArchitectureFamily
{
    public string Name => "mlp";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        int depth = random.Weighted((1, 30), (2, 40), (3, 20), (5, 10));
        int[] widths = new int[depth];
        for (int i = 0; i < depth; i++)
        {
            widths[i] = random.Pick(8, 16, 32, 48, 64, 96, 128);
        }

        bool pooled = random.Chance(0.25);
        string size = pooled
            ? "in_shape[1] * (in_shape[2] // 2) * (in_shape[3] // 2)"
            : "in_shape[1] * in_shape[2] * in_shape[3]";
        string start = pooled ? "x = F.avg_pool2d(x, 2).flatten(1)" : "x = x.flatten(1)";
        bool norm = random.Chance(0.25);
        switch (random.Below(3))
        {
            case 0:
                Attributes(draft, taste, widths, size, start);
                break;
            case 1:
                Inline(draft, taste, widths, size, start, norm);
                break;
            default:
                Loop(draft, taste, widths, size, start, norm);
                break;
        }
    }

    private static void Attributes(Draft draft, Taste taste, int[] widths, string size, string start)
    {
        draft.Forward(start);
        object from = size;
        for (int i = 0; i < widths.Length; i++)
        {
            draft.Init($"self.fc{i + 1} = nn.Linear({from}, {widths[i]})");
            draft.Forward($"x = {taste.Activation.Call($"self.fc{i + 1}(x)")}");
            from = widths[i];
        }

        string x = "x";
        if (taste.Dropout.Length > 0)
        {
            draft.Init($"self.dropout = nn.Dropout({taste.Dropout})");
            x = "self.dropout(x)";
        }

        string last = $"fc{widths.Length + 1}";
        draft.Init($"self.{last} = nn.Linear({from}, out_shape[0])");
        draft.Forward($"return self.{last}({x})");
    }

    private static void Inline(Draft draft, Taste taste, int[] widths, string size, string start, bool norm)
    {
        List<string> parts = [];
        object from = size;
        foreach (int width in widths)
        {
            parts.AddRange(Unit(taste, from, width, norm));
            from = width;
        }

        parts.Add($"nn.Linear({from}, out_shape[0])");
        string name = taste.Vary("net", "layers", "mlp");
        draft.Init(Taste.Sequential(parts, $"self.{name} = "));
        draft.Forward(start, $"return self.{name}(x)");
    }

    private static void Loop(Draft draft, Taste taste, int[] widths, string size, string start, bool norm)
    {
        draft.Init(
            "layers = []",
            $"c = {size}",
            $"for w in [{string.Join(", ", widths)}]:",
            $"    layers += [{string.Join(", ", Unit(taste, "c", "w", norm))}]",
            "    c = w",
            "self.layers = nn.Sequential(*layers)",
            "self.fc = nn.Linear(c, out_shape[0])");
        draft.Forward(start, "return self.fc(self.layers(x))");
    }

    private static List<string> Unit(Taste taste, object from, object to, bool norm)
    {
        List<string> parts = [$"nn.Linear({from}, {to})"];
        if (norm)
        {
            parts.Add($"nn.LayerNorm({to})");
        }

        parts.Add(taste.Activation.Module);
        if (taste.Dropout.Length > 0)
        {
            parts.Add($"nn.Dropout({taste.Dropout})");
        }

        return parts;
    }
}

namespace NnGpt.Corpus.Sampling.Families;

/// <summary>VGG (arXiv 1409.1556): groups of 3x3 convolutions, each followed by pooling.</summary>
internal sealed class VggFamily : IArchitectureFamily
{
    public string Name => "vgg";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        int stages = random.Weighted((2, 60), (3, 40));
        int[] widths = taste.Widths(stages, 48);
        if (random.Chance(0.3))
        {
            Configured(draft, taste, widths);
        }
        else
        {
            Helper(draft, taste, widths);
        }

        Head.Write(draft, taste, widths[^1], 1 << stages);
    }

    private static void Helper(Draft draft, Taste taste, int[] widths)
    {
        RandomSource random = taste.Random;
        string function = taste.Vary("conv_block", "make_stage", "vgg_block");
        int depth = random.Weighted((1, 20), (2, 60), (3, 20));
        List<string> parts = taste.ConvUnit(taste.In, taste.Out, 3);
        for (int i = 1; i < depth; i++)
        {
            parts.AddRange(taste.ConvUnit(taste.Out, taste.Out, 3));
        }

        parts.Add(taste.Pool());
        draft.Helper($"def {function}({taste.In}, {taste.Out}):\n    return {Taste.Sequential(parts, "", "    ")}");
        List<string> calls = [];
        object from = "in_shape[1]";
        foreach (int width in widths)
        {
            calls.Add($"{function}({from}, {width})");
            from = width;
        }

        if (random.Chance(0.5))
        {
            draft.Init(Taste.Sequential(calls, "self.features = "));
            draft.Forward("x = self.features(x)");
            return;
        }

        string name = taste.Vary("layer", "block", "stage");
        for (int i = 0; i < calls.Count; i++)
        {
            draft.Init($"self.{name}{i + 1} = {calls[i]}");
            draft.Forward($"x = self.{name}{i + 1}(x)");
        }
    }

    private static void Configured(Draft draft, Taste taste, int[] widths)
    {
        List<string> config = [];
        foreach (int width in widths)
        {
            int depth = taste.Random.Between(1, 2);
            for (int i = 0; i < depth; i++)
            {
                config.Add($"{width}");
            }

            config.Add("'M'");
        }

        draft.Init(
            "layers = []",
            "c = in_shape[1]",
            $"for v in [{string.Join(", ", config)}]:",
            "    if v == 'M':",
            $"        layers.append({taste.Pool()})",
            "    else:",
            $"        layers += [{string.Join(", ", taste.ConvUnit("c", "v", 3))}]",
            "        c = v",
            "self.features = nn.Sequential(*layers)");
        draft.Forward("x = self.features(x)");
    }
}

namespace NnGpt.Corpus.Sampling.Families;

/// <summary>Convolution and pooling in a row, LeNet style.</summary>
internal sealed class PlainFamily : IArchitectureFamily
{
    public string Name => "plain";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        int stages = random.Weighted((1, 15), (2, 40), (3, 45));
        int[] widths = taste.Widths(stages);
        int kernel = random.Weighted((3, 65), (5, 35));
        switch (random.Below(3))
        {
            case 0:
                Attributes(draft, taste, widths, kernel);
                break;
            case 1:
                Inline(draft, taste, widths, kernel);
                break;
            default:
                Loop(draft, taste, widths, kernel);
                break;
        }

        Head.Write(draft, taste, widths[^1], 1 << stages);
    }

    private static void Attributes(Draft draft, Taste taste, int[] widths, int kernel)
    {
        string pool = taste.Random.Weighted(("F.max_pool2d", 70), ("F.avg_pool2d", 30));
        object from = "in_shape[1]";
        for (int i = 0; i < widths.Length; i++)
        {
            draft.Init($"self.conv{i + 1} = {taste.Conv(from, widths[i], kernel)}");
            string x = $"self.conv{i + 1}(x)";
            if (taste.Normalizes)
            {
                draft.Init($"self.norm{i + 1} = {taste.Norm(widths[i])}");
                x = $"self.norm{i + 1}({x})";
            }

            draft.Forward($"x = {pool}({taste.Activation.Call(x)}, 2)");
            from = widths[i];
        }
    }

    private static void Inline(Draft draft, Taste taste, int[] widths, int kernel)
    {
        List<string> parts = [];
        object from = "in_shape[1]";
        string pool = taste.Pool();
        foreach (int width in widths)
        {
            parts.AddRange(taste.ConvUnit(from, width, kernel));
            parts.Add(pool);
            from = width;
        }

        if (taste.Dropout.Length > 0)
        {
            parts.Add($"nn.Dropout({taste.Dropout})");
        }

        draft.Init(Taste.Sequential(parts, "self.features = "));
        draft.Forward("x = self.features(x)");
    }

    private static void Loop(Draft draft, Taste taste, int[] widths, int kernel)
    {
        List<string> parts = taste.ConvUnit("c", "w", kernel);
        parts.Add(taste.Pool());
        draft.Init(
            "layers = []",
            "c = in_shape[1]",
            $"for w in [{string.Join(", ", widths)}]:",
            $"    layers += [{string.Join(", ", parts)}]",
            "    c = w",
            "self.features = nn.Sequential(*layers)");
        draft.Forward("x = self.features(x)");
    }
}

namespace NnGpt.Corpus.Sampling;

/// <summary>The classifier that follows the feature maps: pooling, flattening, one or two linear layers.</summary>
internal static class Head
{
    private delegate void Writer(Draft draft, Taste taste, int channels);

    /// <summary>Writes a head over maps of (N, channels, h, w) held in <c>x</c>.</summary>
    /// <param name="divisor">in_shape[2] // divisor is the map's side for 28 and 32 pixels; 0 when it is not known.</param>
    public static void Write(Draft draft, Taste taste, int channels, int divisor = 0)
    {
        bool flat = divisor is 2 or 4 or 8 && channels * (32 / divisor) * (32 / divisor) <= 4096;
        Writer writer = taste.Random.Weighted<Writer>(
            (Mean, 26), (PoolModule, 24), (Classifier, 16), (Hidden, 10), (Grid, 10), (ConvHead, 6), (Max, 4),
            (flat ? (d, t, c) => Flat(d, t, c, divisor) : PoolModule, 18));
        writer(draft, taste, channels);
    }

    private static string Name(Taste taste) => taste.Vary("fc", "head", "classifier");

    private static string Regularized(Draft draft, Taste taste, string x)
    {
        if (taste.Dropout.Length == 0)
        {
            return x;
        }

        draft.Init($"self.dropout = nn.Dropout({taste.Dropout})");
        return $"self.dropout({x})";
    }

    private static void Mean(Draft draft, Taste taste, int channels)
    {
        string name = Name(taste);
        string x = Regularized(draft, taste, taste.Random.Pick("x.mean((2, 3))", "x.mean(dim=(2, 3))", "F.adaptive_avg_pool2d(x, 1).flatten(1)"));
        draft.Init($"self.{name} = nn.Linear({channels}, out_shape[0])");
        draft.Forward($"return self.{name}({x})");
    }

    private static void PoolModule(Draft draft, Taste taste, int channels)
    {
        string name = Name(taste);
        draft.Init("self.pool = nn.AdaptiveAvgPool2d(1)");
        string x = Regularized(draft, taste, "x");
        draft.Init($"self.{name} = nn.Linear({channels}, out_shape[0])");
        draft.Forward(taste.Random.Pick("x = self.pool(x).flatten(1)", "x = torch.flatten(self.pool(x), 1)"), $"return self.{name}({x})");
    }

    private static void Classifier(Draft draft, Taste taste, int channels)
    {
        List<string> parts = ["nn.AdaptiveAvgPool2d(1)", "nn.Flatten()"];
        if (taste.Dropout.Length > 0)
        {
            parts.Add($"nn.Dropout({taste.Dropout})");
        }

        parts.Add($"nn.Linear({channels}, out_shape[0])");
        draft.Init(Taste.Sequential(parts, "self.classifier = "));
        draft.Forward("return self.classifier(x)");
    }

    private static void Hidden(Draft draft, Taste taste, int channels)
    {
        int hidden = taste.Random.Pick(8, 16, 32, 64, 128);
        draft.Init($"self.fc1 = nn.Linear({channels}, {hidden})", $"self.fc2 = nn.Linear({hidden}, out_shape[0])");
        string x = Regularized(draft, taste, "x");
        draft.Forward("x = F.adaptive_avg_pool2d(x, 1).flatten(1)", $"x = {taste.Activation.Call("self.fc1(x)")}", $"return self.fc2({x})");
    }

    private static void Grid(Draft draft, Taste taste, int channels)
    {
        int side = taste.Random.Pick(2, 3, 4);
        string name = Name(taste);
        draft.Init($"self.pool = nn.AdaptiveAvgPool2d({side})");
        string x = Regularized(draft, taste, "x");
        draft.Init($"self.{name} = nn.Linear({channels} * {side * side}, out_shape[0])");
        draft.Forward("x = self.pool(x).flatten(1)", $"return self.{name}({x})");
    }

    private static void ConvHead(Draft draft, Taste taste, int channels)
    {
        draft.Init($"self.fc = nn.Conv2d({channels}, out_shape[0], 1)");
        draft.Forward("return self.fc(x).mean((2, 3))");
    }

    private static void Max(Draft draft, Taste taste, int channels)
    {
        string name = Name(taste);
        draft.Init($"self.{name} = nn.Linear({channels}, out_shape[0])");
        draft.Forward("x = F.adaptive_max_pool2d(x, 1).flatten(1)", $"return self.{name}(x)");
    }

    private static void Flat(Draft draft, Taste taste, int channels, int divisor)
    {
        string name = Name(taste);
        string size = $"{channels} * (in_shape[2] // {divisor}) * (in_shape[3] // {divisor})";
        if (taste.Random.Chance(0.6))
        {
            string x = Regularized(draft, taste, "x.flatten(1)");
            draft.Init($"self.{name} = nn.Linear({size}, out_shape[0])");
            draft.Forward($"return self.{name}({x})");
            return;
        }

        int hidden = taste.Random.Pick(16, 32, 64);
        draft.Init($"self.fc1 = nn.Linear({size}, {hidden})", $"self.fc2 = nn.Linear({hidden}, out_shape[0])");
        string regularized = Regularized(draft, taste, "x");
        draft.Forward($"x = {taste.Activation.Call("self.fc1(x.flatten(1))")}", $"return self.fc2({regularized})");
    }
}

namespace NnGpt.Corpus.Sampling;

/// <summary>
/// What one imagined author keeps to throughout a network: non-linearity, normalisation, dropout, names, spelling.
/// Poor habits (no normalisation, saturating non-linearities, heavy dropout) are drawn often enough that the corpus
/// spans bad and good designs.
/// </summary>
internal sealed class Taste
{
    private readonly bool _kernelKeyword;
    private readonly int _groups;

    public Taste(RandomSource random)
    {
        Random = random;
        Activation = random.Weighted(
            (Activation.Relu, 46), (Activation.Gelu, 9), (Activation.Silu, 8), (Activation.Leaky, 7),
            (Activation.Elu, 4), (Activation.Hardswish, 4), (Activation.Relu6, 3),
            (Activation.Tanh, 8), (Activation.Sigmoid, 9));
        Normalization = random.Weighted(
            (Normalization.Batch, 42), (Normalization.Group, 9), (Normalization.None, 49));
        _groups = random.Pick(1, 2, 4);
        _kernelKeyword = random.Chance(0.3);
        (In, Out) = random.Weighted((("cin", "cout"), 90), (("in_channels", "out_channels"), 10));
        Dropout = random.Weighted(("", 60), ("0.1", 8), ("0.2", 10), ("0.3", 6), ("0.5", 10), ("0.7", 6));
    }

    public RandomSource Random { get; }

    public Activation Activation { get; set; }

    public Normalization Normalization { get; set; }

    /// <summary>The names of the channel parameters of helpers.</summary>
    public string In { get; }

    public string Out { get; }

    /// <summary>The dropout probability as text; empty for none.</summary>
    public string Dropout { get; }

    public bool Normalizes => Normalization != Normalization.None;

    /// <summary>A convolution that keeps the map's size at stride 1 (kernel odd).</summary>
    public string Conv(object from, object to, int kernel, object? stride = null, string? groups = null, bool normalized = true)
    {
        List<string> arguments = [$"{from}", $"{to}", _kernelKeyword ? $"kernel_size={kernel}" : $"{kernel}"];
        if (stride is not null && $"{stride}" != "1")
        {
            arguments.Add($"stride={stride}");
        }

        if (kernel > 1)
        {
            arguments.Add($"padding={kernel / 2}");
        }

        if (groups is not null)
        {
            arguments.Add($"groups={groups}");
        }

        if (normalized && Normalizes)
        {
            arguments.Add("bias=False");
        }

        return $"nn.Conv2d({string.Join(", ", arguments)})";
    }

    /// <summary>The normalisation module of maps with the given channels (a multiple of 4).</summary>
    public string Norm(object channels) => Normalization switch
    {
        Normalization.Batch => $"nn.BatchNorm2d({channels})",
        Normalization.Group => $"nn.GroupNorm({_groups}, {channels})",
        _ => "nn.Identity()",
    };

    /// <summary>Convolution, normalisation when the author uses it, non-linearity.</summary>
    public List<string> ConvUnit(object from, object to, int kernel, object? stride = null, string? groups = null)
    {
        List<string> parts = [Conv(from, to, kernel, stride, groups)];
        if (Normalizes)
        {
            parts.Add(Norm(to));
        }

        parts.Add(Activation.Module);
        return parts;
    }

    /// <summary>
    /// A name that is nearly always the same. Names that change from network to network cost a small model most of its
    /// validity (it uses one that it has not defined) and add nothing to the architectures.
    /// </summary>
    public string Vary(string usual, params ReadOnlySpan<string> rare) => Random.Chance(0.92) ? usual : Random.Pick(rare);

    public string Pool() => Random.Weighted(("nn.MaxPool2d(2)", 70), ("nn.AvgPool2d(2)", 30));

    /// <summary>Widths of the stages: multiples of 4, mostly growing.</summary>
    public int[] Widths(int stages, int most = 64)
    {
        int width = Random.Weighted((4, 8), (8, 24), (12, 14), (16, 30), (20, 6), (24, 12), (32, 6));
        bool grows = Random.Chance(0.75);
        int[] widths = new int[stages];
        for (int i = 0; i < stages; i++)
        {
            widths[i] = Math.Min(width, most);
            width = grows
                ? Random.Pick(width * 2, width * 2, (width * 3 / 2 + 3) / 4 * 4, width + 8)
                : Random.Pick(4, 8, 12, 16, 24, 32, width);
        }

        return widths;
    }

    /// <summary>A Sequential over several lines, or on one line when short.</summary>
    public static string Sequential(IReadOnlyList<string> parts, string prefix = "", string indent = "")
    {
        string line = $"{prefix}nn.Sequential({string.Join(", ", parts)})";
        return line.Length <= 72
            ? line
            : $"{prefix}nn.Sequential(\n{indent}    {string.Join($",\n{indent}    ", parts)},\n{indent})";
    }
}

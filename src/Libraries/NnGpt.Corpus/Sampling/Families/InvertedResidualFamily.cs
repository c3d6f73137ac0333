namespace NnGpt.Corpus.Sampling.Families;

/// <summary>MobileNetV2 (arXiv 1801.04381): expand, depthwise, project, with a shortcut where the shape stays.</summary>
internal sealed class InvertedResidualFamily : IArchitectureFamily
{
    public string Name => "inverted_residual";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        string block = taste.Vary("Block", "InvertedResidual", "MBConv");
        string hidden = taste.Vary("mid", "hidden");
        List<string> parts =
        [
            .. taste.ConvUnit(taste.In, hidden, 1), .. taste.ConvUnit(hidden, hidden, 3, "stride", hidden),
            taste.Conv(hidden, taste.Out, 1),
        ];
        if (taste.Normalizes)
        {
            parts.Add(taste.Norm(taste.Out));
        }

        string name = taste.Vary("body", "conv");
        List<string> init =
        [
            $"{hidden} = {taste.In} * {random.Pick(2, 2, 3, 4)}",
            Taste.Sequential(parts, $"self.{name} = "),
            $"self.residual = stride == 1 and {taste.In} == {taste.Out}",
        ];
        List<string> forward = random.Chance(0.5)
            ? [$"return x + self.{name}(x) if self.residual else self.{name}(x)"]
            : ["if self.residual:", $"    return x + self.{name}(x)", $"return self.{name}(x)"];
        draft.Helper(BlockClass.Write(block, $"{taste.In}, {taste.Out}, stride", init, forward));
        int channels = Trunk.Write(draft, taste, block, most: 48);
        Head.Write(draft, taste, channels);
    }
}

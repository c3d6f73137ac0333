namespace NnGpt.Corpus.Sampling.Families;

/// <summary>Bottleneck residual blocks: 1x1 down, 3x3, 1x1 up.</summary>
internal sealed class BottleneckFamily : IArchitectureFamily
{
    public string Name => "bottleneck";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        if (taste.Normalization == Normalization.Group)
        {
            // The narrow layer may have two channels: too few for groups.
            taste.Normalization = Normalization.Batch;
        }

        string block = taste.Vary("Block", "Bottleneck");
        string mid = taste.Vary("mid", "hidden");
        List<string> parts = [.. taste.ConvUnit(taste.In, mid, 1), .. taste.ConvUnit(mid, mid, 3, "stride"), taste.Conv(mid, taste.Out, 1)];
        if (taste.Normalizes)
        {
            parts.Add(taste.Norm(taste.Out));
        }

        string name = taste.Vary("body", "conv");
        List<string> init =
        [
            $"{mid} = {random.Weighted(($"{taste.Out} // 2", 60), ("4", 15), ("8", 10), ($"{taste.Out}", 15))}",
            Taste.Sequential(parts, $"self.{name} = "),
            $"self.skip = nn.Conv2d({taste.In}, {taste.Out}, 1, stride=stride)",
        ];
        string sum = random.Pick($"self.{name}(x) + self.skip(x)", $"self.skip(x) + self.{name}(x)");
        string end = random.Chance(0.6) ? $"return {taste.Activation.Call(sum)}" : $"return {sum}";
        draft.Helper(BlockClass.Write(block, $"{taste.In}, {taste.Out}, stride", init, [end]));
        int channels = Trunk.Write(draft, taste, block);
        Head.Write(draft, taste, channels);
    }
}

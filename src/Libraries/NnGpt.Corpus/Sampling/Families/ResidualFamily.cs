namespace NnGpt.Corpus.Sampling.Families;

/// <summary>ResNet (arXiv 1512.03385): two convolutions and a shortcut.</summary>
internal sealed class ResidualFamily : IArchitectureFamily
{
    public string Name => "residual";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        string block = taste.Vary("Block", "ResBlock", "BasicBlock");
        string skip = taste.Vary("skip", "shortcut");
        string activate = taste.Activation.Function;
        string y = taste.Vary("y", "out");
        string first = "self.conv1(x)";
        string second = $"self.conv2({y})";
        List<string> init =
        [
            $"self.conv1 = {taste.Conv(taste.In, taste.Out, 3, "stride")}",
            $"self.conv2 = {taste.Conv(taste.Out, taste.Out, 3)}",
        ];
        if (taste.Normalizes)
        {
            init.Add($"self.norm1 = {taste.Norm(taste.Out)}");
            init.Add($"self.norm2 = {taste.Norm(taste.Out)}");
            first = $"self.norm1({first})";
            second = $"self.norm2({second})";
        }

        if (random.Chance(0.3))
        {
            init.Add($"self.{skip} = nn.Identity()");
            init.Add($"if stride != 1 or {taste.In} != {taste.Out}:");
            init.Add($"    self.{skip} = nn.Conv2d({taste.In}, {taste.Out}, 1, stride=stride)");
        }
        else
        {
            init.Add($"self.{skip} = nn.Conv2d({taste.In}, {taste.Out}, 1, stride=stride)");
        }

        string end = random.Weighted(
            ($"return {activate}({second} + self.{skip}(x))", 60), ($"return {second} + self.{skip}(x)", 40));
        draft.Helper(BlockClass.Write(
            block, $"{taste.In}, {taste.Out}, stride", init, [$"{y} = {activate}({first})", end]));
        int channels = Trunk.Write(draft, taste, block);
        Head.Write(draft, taste, channels);
    }
}

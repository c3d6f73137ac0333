namespace NnGpt.Corpus.Sampling.Families;

/// <summary>Gated layers: highway networks (arXiv 1505.00387) and gated linear units.</summary>
internal sealed class HighwayFamily : IArchitectureFamily
{
    public string Name => "highway";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        string block = taste.Vary("Block", "GatedConv", "Highway", "GatedBlock");
        List<string> init;
        List<string> forward;
        string norm = "";
        switch (random.Below(3))
        {
            case 0:
                init =
                [
                    $"self.conv = {taste.Conv(taste.In, taste.Out, 3, "stride", normalized: false)}",
                    $"self.gate = {taste.Conv(taste.In, taste.Out, random.Pick(1, 3), "stride", normalized: false)}",
                ];
                norm = random.Pick(taste.Activation.Call("self.conv(x)"), "self.conv(x)") + " * torch.sigmoid(self.gate(x))";
                forward = [];
                break;
            case 1:
                init =
                [
                    $"self.proj = nn.Conv2d({taste.In}, {taste.Out}, 1, stride=stride)",
                    $"self.conv = {taste.Conv(taste.Out, taste.Out, 3, normalized: false)}",
                    $"self.gate = {taste.Conv(taste.Out, taste.Out, 1, normalized: false)}",
                ];
                forward = ["x = self.proj(x)", "g = torch.sigmoid(self.gate(x))"];
                norm = $"g * {taste.Activation.Call("self.conv(x)")} + (1 - g) * x";
                break;
            default:
                init = [$"self.conv = {taste.Conv(taste.In, $"{taste.Out} * 2", 3, "stride", normalized: false)}"];
                forward = ["a, b = self.conv(x).chunk(2, 1)"];
                norm = random.Pick("a * torch.sigmoid(b)", "torch.tanh(a) * torch.sigmoid(b)", $"{taste.Activation.Call("a")} * b");
                break;
        }

        if (taste.Normalizes)
        {
            init.Add($"self.norm = {taste.Norm(taste.Out)}");
            norm = $"self.norm({norm})";
        }

        forward.Add($"return {norm}");
        draft.Helper(BlockClass.Write(block, $"{taste.In}, {taste.Out}, stride", init, forward));
        int channels = Trunk.Write(draft, taste, block);
        Head.Write(draft, taste, channels);
    }
}

namespace NnGpt.Corpus.Sampling.Families;

/// <summary>Squeeze-and-excitation (arXiv 1709.01507): channels weighted by a small gate.</summary>
internal sealed class SqueezeExciteFamily : IArchitectureFamily
{
    public string Name => "squeeze_excite";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        string block = taste.Vary("Block", "SEBlock", "SEConv");
        int reduction = random.Pick(2, 4);
        List<string> init = [$"self.conv = {taste.Conv(taste.In, taste.Out, 3, "stride")}"];
        string x = "self.conv(x)";
        if (taste.Normalizes)
        {
            init.Add($"self.norm = {taste.Norm(taste.Out)}");
            x = $"self.norm({x})";
        }

        List<string> forward = [$"x = {taste.Activation.Call(x)}"];
        if (random.Chance(0.5))
        {
            init.Add($"self.fc1 = nn.Linear({taste.Out}, {taste.Out} // {reduction})");
            init.Add($"self.fc2 = nn.Linear({taste.Out} // {reduction}, {taste.Out})");
            forward.Add("w = F.relu(self.fc1(x.mean((2, 3))))");
            forward.Add("w = torch.sigmoid(self.fc2(w))");
            forward.Add("return x * w[:, :, None, None]");
        }
        else
        {
            string gate = taste.Vary("gate", "se");
            init.Add(Taste.Sequential(
                [
                    "nn.AdaptiveAvgPool2d(1)", $"nn.Conv2d({taste.Out}, {taste.Out} // {reduction}, 1)", "nn.ReLU()",
                    $"nn.Conv2d({taste.Out} // {reduction}, {taste.Out}, 1)", "nn.Sigmoid()",
                ],
                $"self.{gate} = "));
            forward.Add($"return x * self.{gate}(x)");
        }

        draft.Helper(BlockClass.Write(block, $"{taste.In}, {taste.Out}, stride", init, forward));
        int channels = Trunk.Write(draft, taste, block);
        Head.Write(draft, taste, channels);
    }
}

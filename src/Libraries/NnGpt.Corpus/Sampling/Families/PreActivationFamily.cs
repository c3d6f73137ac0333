namespace NnGpt.Corpus.Sampling.Families;

/// <summary>Pre-activation ResNet (arXiv 1603.05027): normalisation and non-linearity before each convolution.</summary>
internal sealed class PreActivationFamily : IArchitectureFamily
{
    public string Name => "preactivation";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        if (random.Chance(0.6))
        {
            taste.Normalization = Normalization.Batch;
        }

        string block = taste.Vary("Block", "PreActBlock", "ResBlock");
        string activate = taste.Activation.Function;
        bool one = random.Chance(0.3);
        List<string> init = [];
        List<string> forward = [];
        string h = taste.Vary("y", "out");
        string x = "x";
        for (int i = 1; i <= (one ? 1 : 2); i++)
        {
            string from = i == 1 ? taste.In : taste.Out;
            string inner = x;
            if (taste.Normalizes)
            {
                init.Add($"self.norm{i} = {taste.Norm(from)}");
                inner = $"self.norm{i}({x})";
            }

            init.Add($"self.conv{i} = {taste.Conv(from, taste.Out, 3, i == 1 ? "stride" : null)}");
            forward.Add($"{h} = self.conv{i}({activate}({inner}))");
            x = h;
        }

        init.Add($"self.skip = nn.Conv2d({taste.In}, {taste.Out}, 1, stride=stride)");
        forward.Add(random.Pick($"return {h} + self.skip(x)", $"return self.skip(x) + {h}"));
        draft.Helper(BlockClass.Write(block, $"{taste.In}, {taste.Out}, stride", init, forward));
        int channels = Trunk.Write(draft, taste, block);
        Head.Write(draft, taste, channels);
    }
}

namespace NnGpt.Corpus.Sampling.Families;

/// <summary>SqueezeNet (arXiv 1602.07360): a 1x1 squeeze, then 1x1 and 3x3 expansions side by side.</summary>
internal sealed class FireFamily : IArchitectureFamily
{
    public string Name => "fire";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        string block = taste.Vary("Block", "Fire", "FireModule");
        string activate = taste.Activation.Function;
        string squeeze = random.Pick($"{taste.Out} // 4", $"{taste.Out} // 2", "4", "8");
        List<string> init =
        [
            $"s = {squeeze}",
            $"self.squeeze = nn.Conv2d({taste.In}, s, 1)",
            $"self.expand1 = nn.Conv2d(s, {taste.Out} // 2, 1)",
            $"self.expand3 = nn.Conv2d(s, {taste.Out} // 2, 3, padding=1)",
        ];
        List<string> forward = [$"x = {activate}(self.squeeze(x))"];
        string cat = "torch.cat([self.expand1(x), self.expand3(x)], 1)";
        if (taste.Normalizes)
        {
            init.Add($"self.norm = {taste.Norm(taste.Out)}");
            cat = $"self.norm({cat})";
        }

        forward.Add($"return {activate}({cat})");
        draft.Helper(BlockClass.Write(block, $"{taste.In}, {taste.Out}", init, forward));
        int channels = Trunk.Write(draft, taste, block, strided: false);
        Head.Write(draft, taste, channels);
    }
}

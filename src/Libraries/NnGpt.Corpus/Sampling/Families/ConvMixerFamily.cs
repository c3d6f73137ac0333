namespace NnGpt.Corpus.Sampling.Families;

/// <summary>ConvMixer (arXiv 2201.09792): patches, then depthwise mixing with a shortcut and pointwise mixing.</summary>
internal sealed class ConvMixerFamily : IArchitectureFamily
{
    public string Name => "conv_mixer";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        int dim = random.Pick(16, 24, 32, 48, 64);
        int patch = random.Pick(2, 4, 4);
        int kernel = random.Pick(3, 5, 7);
        int depth = random.Pick(1, 2, 3, 4);
        string block = taste.Vary("Block", "MixerLayer", "ConvMixer");
        List<string> init = [$"self.depthwise = {taste.Conv("dim", "dim", kernel, null, "dim", normalized: false)}", "self.pointwise = nn.Conv2d(dim, dim, 1)"];
        string first = taste.Activation.Call("self.depthwise(x)");
        string second = taste.Activation.Call("self.pointwise(x)");
        if (taste.Normalizes)
        {
            init.Add($"self.norm1 = {taste.Norm("dim")}");
            init.Add($"self.norm2 = {taste.Norm("dim")}");
            first = $"self.norm1({first})";
            second = $"self.norm2({second})";
        }

        draft.Helper(BlockClass.Write(block, "dim", init, [$"x = {(random.Chance(0.8) ? "x + " : "")}{first}", $"return {second}"]));
        string embed = taste.Vary("embed", "patch", "stem");
        draft.Init($"self.{embed} = nn.Conv2d(in_shape[1], {dim}, {patch}, stride={patch})");
        if (random.Chance(0.5))
        {
            draft.Init($"self.blocks = nn.Sequential(*[{block}({dim}) for _ in range({depth})])");
            draft.Forward($"x = {(random.Chance(0.5) ? $"self.{embed}(x)" : taste.Activation.Call($"self.{embed}(x)"))}", "x = self.blocks(x)");
        }
        else
        {
            draft.Init($"self.blocks = nn.ModuleList([{block}({dim}) for _ in range({depth})])");
            draft.Forward($"x = self.{embed}(x)", "for block in self.blocks:", "    x = block(x)");
        }

        Head.Write(draft, taste, dim, patch);
    }
}

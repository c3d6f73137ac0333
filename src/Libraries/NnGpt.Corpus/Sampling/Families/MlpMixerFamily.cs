namespace NnGpt.Corpus.Sampling.Families;

/// <summary>MLP-Mixer (arXiv 2105.01601): one MLP across the tokens, one across the channels.</summary>
internal sealed class MlpMixerFamily : IArchitectureFamily
{
    public string Name => "mlp_mixer";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        int patch = random.Pick(4, 4, 7);
        int dim = random.Pick(16, 24, 32, 48, 64);
        string block = taste.Vary("Block", "MixerBlock", "Mixer");
        string activation = taste.Activation.Module;
        bool norm = random.Chance(0.6);
        string expand = random.Pick("dim", "dim * 2", "dim // 2");
        string hidden = random.Pick("n", "n // 2", "16", "32");
        List<string> init = [];
        if (norm)
        {
            init.Add("self.norm1 = nn.LayerNorm(dim)");
            init.Add("self.norm2 = nn.LayerNorm(dim)");
        }

        bool deep = random.Chance(0.6);
        init.Add(deep
            ? $"self.tokens = nn.Sequential(nn.Linear(n, {hidden}), {activation}, nn.Linear({hidden}, n))"
            : "self.tokens = nn.Linear(n, n)");
        init.Add($"self.channels = nn.Sequential(nn.Linear(dim, {expand}), {activation}, nn.Linear({expand}, dim))");
        string first = norm ? "self.norm1(x)" : "x";
        string second = norm ? "self.norm2(x)" : "x";
        bool skip = random.Chance(0.8);
        List<string> forward =
        [
            $"x = {(skip ? "x + " : "")}self.tokens({first}.transpose(1, 2)).transpose(1, 2)",
            $"return {(skip ? "x + " : "")}self.channels({second})",
        ];
        draft.Helper(BlockClass.Write(block, "n, dim", init, forward));
        TokenTrunk.Write(draft, taste, $"{block}(n, {dim})", dim, patch, tokenCount: true, position: false);
    }
}

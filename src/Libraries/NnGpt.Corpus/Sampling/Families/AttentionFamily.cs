namespace NnGpt.Corpus.Sampling.Families;

/// <summary>A tiny vision transformer (arXiv 2010.11929): patches, self-attention, MLP.</summary>
internal sealed class AttentionFamily : IArchitectureFamily
{
    public string Name => "attention";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        int patch = random.Pick(4, 4, 7);
        int dim = random.Pick(16, 24, 32, 48, 64);
        string block = taste.Vary("Block", "EncoderBlock", "AttentionBlock");
        bool norm = random.Chance(0.7);
        bool skip = random.Chance(0.85);
        List<string> init = [];
        if (norm)
        {
            init.Add("self.norm1 = nn.LayerNorm(dim)");
            init.Add("self.norm2 = nn.LayerNorm(dim)");
        }

        string first = norm ? "self.norm1(x)" : "x";
        string second = norm ? "self.norm2(x)" : "x";
        string plus = skip ? "x + " : "";
        List<string> forward = norm ? [$"y = {first}"] : [];
        string y = norm ? "y" : "x";
        bool own = random.Chance(0.35);
        if (own)
        {
            init.Add("self.qkv = nn.Linear(dim, dim * 3)");
            init.Add("self.proj = nn.Linear(dim, dim)");
            forward.Add($"q, k, v = self.qkv({y}).chunk(3, -1)");
            forward.Add(random.Chance(0.7)
                ? "a = (q @ k.transpose(1, 2) / q.size(-1) ** 0.5).softmax(-1)"
                : "a = torch.softmax(q @ k.transpose(1, 2), dim=-1)");
            forward.Add($"x = {plus}self.proj(a @ v)");
        }
        else
        {
            init.Add($"self.attn = nn.MultiheadAttention(dim, {random.Pick("1", "2", "4", "heads")}, batch_first=True)");
            forward.Add($"x = {plus}self.attn({y}, {y}, {y})[0]");
        }

        int expand = random.Pick(1, 2, 2, 4);
        string hidden = expand == 1 ? "dim" : $"dim * {expand}";
        init.Add($"self.mlp = nn.Sequential(nn.Linear(dim, {hidden}), {taste.Activation.Module}, nn.Linear({hidden}, dim))");
        forward.Add($"return {plus}self.mlp({second})");
        bool heads = init.Exists(line => line.Contains("heads", StringComparison.Ordinal));
        draft.Helper(BlockClass.Write(block, heads ? "dim, heads" : "dim", init, forward));
        string call = heads ? $"{block}({dim}, {random.Pick(1, 2, 4)})" : $"{block}({dim})";
        TokenTrunk.Write(draft, taste, call, dim, patch, tokenCount: false, position: random.Chance(0.6));
    }
}

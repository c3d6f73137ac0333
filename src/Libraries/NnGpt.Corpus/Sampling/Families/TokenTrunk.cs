namespace NnGpt.Corpus.Sampling.Families;

/// <summary>Patch embedding, a stack of blocks over (N, tokens, dim), mean over the tokens, linear head.</summary>
internal static class TokenTrunk
{
    public static void Write(Draft draft, Taste taste, string call, int dim, int patch, bool tokenCount, bool position)
    {
        RandomSource random = taste.Random;
        string embed = taste.Vary("embed", "patch", "stem");
        draft.Init($"self.{embed} = nn.Conv2d(in_shape[1], {dim}, {patch}, stride={patch})");
        if (tokenCount || position)
        {
            draft.Init($"n = (in_shape[2] // {patch}) * (in_shape[3] // {patch})");
        }

        draft.Forward($"x = self.{embed}(x).flatten(2).transpose(1, 2)");
        if (position)
        {
            draft.Init($"self.pos = nn.Parameter(torch.zeros(1, n, {dim}))");
            draft.Forward("x = x + self.pos");
        }

        int depth = random.Weighted((1, 30), (2, 45), (3, 25));
        if (depth == 1)
        {
            draft.Init($"self.block = {call}");
            draft.Forward("x = self.block(x)");
        }
        else if (random.Chance(0.5))
        {
            draft.Init($"self.blocks = nn.Sequential(*[{call} for _ in range({depth})])");
            draft.Forward("x = self.blocks(x)");
        }
        else
        {
            draft.Init($"self.blocks = nn.ModuleList([{call} for _ in range({depth})])");
            draft.Forward("for block in self.blocks:", "    x = block(x)");
        }

        string name = taste.Vary("fc", "head");
        string mean = random.Pick("x.mean(1)", "x.mean(dim=1)");
        if (random.Chance(0.4))
        {
            draft.Init($"self.norm = nn.LayerNorm({dim})");
            mean = $"self.norm({mean})";
        }

        draft.Init($"self.{name} = nn.Linear({dim}, out_shape[0])");
        draft.Forward($"return self.{name}({mean})");
    }
}

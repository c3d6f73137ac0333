namespace NnGpt.Corpus.Sampling.Families;

/// <summary>ConvNeXt (arXiv 2201.03545): large depthwise kernel, one normalisation, inverted bottleneck of 1x1 layers.</summary>
internal sealed class ConvNextFamily : IArchitectureFamily
{
    public string Name => "convnext";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        if (random.Chance(0.5))
        {
            taste.Normalization = Normalization.Group;
        }

        string block = taste.Vary("Block", "ConvNeXtBlock", "NextBlock");
        int kernel = random.Pick(5, 7, 7);
        int expand = random.Pick(2, 4);
        List<string> init = [$"self.dw = {taste.Conv("dim", "dim", kernel, null, "dim", normalized: false)}"];
        string x = "self.dw(x)";
        if (taste.Normalizes)
        {
            init.Add($"self.norm = {(taste.Normalization == Normalization.Group ? "nn.GroupNorm(1, dim)" : taste.Norm("dim"))}");
            x = $"self.norm({x})";
        }

        init.Add($"self.pw1 = nn.Conv2d(dim, dim * {expand}, 1)");
        init.Add($"self.pw2 = nn.Conv2d(dim * {expand}, dim, 1)");
        string gamma = "";
        if (random.Chance(0.25))
        {
            init.Add($"self.gamma = nn.Parameter(torch.{random.Pick("ones", "zeros")}(dim, 1, 1))");
            gamma = "self.gamma * ";
        }

        List<string> forward = [$"y = {taste.Activation.Call($"self.pw1({x})")}", $"return x + {gamma}self.pw2(y)"];
        draft.Helper(BlockClass.Write(block, "dim", init, forward));
        int stages = random.Pick(1, 2, 2);
        int[] widths = taste.Widths(stages, 48);
        int patch = random.Pick(2, 4);
        int depth = random.Pick(1, 1, 2);
        string repeated = depth == 1 ? $"{block}({{0}})" : $"{block}({{0}}), {block}({{0}})";
        if (random.Chance(0.5))
        {
            List<string> parts = [$"nn.Conv2d(in_shape[1], {widths[0]}, {patch}, stride={patch})"];
            for (int i = 0; i < stages; i++)
            {
                if (i > 0)
                {
                    parts.Add($"nn.Conv2d({widths[i - 1]}, {widths[i]}, 2, stride=2)");
                }

                parts.AddRange(repeated.Replace("{0}", $"{widths[i]}", StringComparison.Ordinal).Split(", "));
            }

            draft.Init(Taste.Sequential(parts, "self.features = "));
            draft.Forward("x = self.features(x)");
        }
        else
        {
            draft.Init($"self.stem = nn.Conv2d(in_shape[1], {widths[0]}, {patch}, stride={patch})");
            draft.Forward("x = self.stem(x)");
            for (int i = 0; i < stages; i++)
            {
                if (i > 0)
                {
                    draft.Init($"self.down = nn.Conv2d({widths[i - 1]}, {widths[i]}, 2, stride=2)");
                    draft.Forward("x = self.down(x)");
                }

                string blocks = repeated.Replace("{0}", $"{widths[i]}", StringComparison.Ordinal);
                draft.Init($"self.block{i + 1} = {(depth == 1 ? blocks : $"nn.Sequential({blocks})")}");
                draft.Forward($"x = self.block{i + 1}(x)");
            }
        }

        Head.Write(draft, taste, widths[^1]);
    }
}

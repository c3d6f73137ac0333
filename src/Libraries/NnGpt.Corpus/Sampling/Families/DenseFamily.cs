namespace NnGpt.Corpus.Sampling.Families;

/// <summary>DenseNet (arXiv 1608.06993): each layer adds channels to all that came before.</summary>
internal sealed class DenseFamily : IArchitectureFamily
{
    public string Name => "dense";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        int growth = random.Pick(4, 8, 8, 12, 16);
        int stem = random.Pick(8, 12, 16, 24);
        int blocks = random.Pick(1, 2, 2, 3);
        int depth = random.Pick(1, 2, 3);
        string block = taste.Vary("Block", "DenseLayer", "DenseBlock", "Layer");
        List<string> init = [];
        string x = "x";
        if (taste.Normalizes)
        {
            init.Add($"self.norm = {taste.Norm("cin")}");
            x = "self.norm(x)";
        }

        init.Add($"self.conv = {taste.Conv("cin", "growth", 3)}");
        string fresh = random.Chance(0.6)
            ? $"self.conv({taste.Activation.Call(x)})"
            : taste.Activation.Call($"self.conv({x})");
        draft.Helper(BlockClass.Write(block, "cin, growth", init, [$"return torch.cat([x, {fresh}], 1)"]));
        bool strided = random.Chance(0.7);
        string stemText = taste.Conv("in_shape[1]", stem, random.Pick(3, 5), strided ? 2 : 1);
        int channels = stem;
        if (random.Chance(0.5))
        {
            List<string> parts = [stemText];
            for (int i = 0; i < blocks; i++)
            {
                for (int j = 0; j < depth; j++)
                {
                    parts.Add($"{block}({channels}, {growth})");
                    channels += growth;
                }

                if (i + 1 < blocks || !strided)
                {
                    parts.Add(taste.Pool());
                }
            }

            draft.Init(Taste.Sequential(parts, "self.features = "));
        }
        else
        {
            draft.Init(
                $"layers = [{stemText}]",
                $"c = {stem}",
                $"for i in range({blocks * depth}):",
                $"    layers.append({block}(c, {growth}))",
                $"    c += {growth}");
            if (blocks > 1)
            {
                draft.Init($"    if i % {depth + 1} == {depth}:", $"        layers.append({taste.Pool()})");
            }
            draft.Init("self.features = nn.Sequential(*layers)");
            channels += growth * blocks * depth;
        }

        draft.Forward("x = self.features(x)");
        if (random.Chance(0.4))
        {
            draft.Forward($"x = {taste.Activation.Call("x")}");
        }

        Head.Write(draft, taste, channels);
    }
}

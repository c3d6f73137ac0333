namespace NnGpt.Corpus.Sampling.Families;

/// <summary>ShuffleNet (arXiv 1707.01083): grouped convolutions with a shuffle of the channels between them.</summary>
internal sealed class ShuffleFamily : IArchitectureFamily
{
    public string Name => "shuffle";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        int groups = random.Pick(2, 4);
        string block = taste.Vary("Block", "ShuffleBlock", "GroupBlock");
        bool shuffles = random.Chance(0.7);
        List<string> init =
        [
            $"self.conv1 = {taste.Conv(taste.In, taste.Out, random.Pick(1, 3), null, $"{groups}")}",
            $"self.conv2 = {taste.Conv(taste.Out, taste.Out, 3, "stride", $"{groups}")}",
        ];
        string first = "self.conv1(x)";
        if (taste.Normalizes)
        {
            init.Add($"self.norm = {taste.Norm(taste.Out)}");
            first = $"self.norm({first})";
        }

        List<string> forward = [$"x = {taste.Activation.Call(first)}"];
        if (shuffles)
        {
            if (random.Chance(0.5))
            {
                draft.Helper($"""
                    def shuffle(x, groups):
                        n, c, h, w = x.shape
                        x = x.view(n, groups, c // groups, h, w)
                        return x.transpose(1, 2).reshape(n, c, h, w)
                    """);
                forward.Add($"x = shuffle(x, {groups})");
            }
            else
            {
                forward.Add("n, c, h, w = x.shape");
                forward.Add($"x = x.reshape(n, {groups}, c // {groups}, h, w).transpose(1, 2).reshape(n, c, h, w)");
            }
        }

        forward.Add(random.Chance(0.5) ? $"return {taste.Activation.Call("self.conv2(x)")}" : "return self.conv2(x)");
        draft.Helper(BlockClass.Write(block, $"{taste.In}, {taste.Out}, stride", init, forward));
        int channels = Trunk.Write(draft, taste, block);
        Head.Write(draft, taste, channels);
    }
}

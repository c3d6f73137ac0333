namespace NnGpt.Corpus.Sampling.Families;

/// <summary>Inception (arXiv 1409.4842): branches of different kernels, concatenated or added.</summary>
internal sealed class InceptionFamily : IArchitectureFamily
{
    public string Name => "inception";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        string block = taste.Vary("Block", "Inception", "Branches", "MultiScale");
        bool adds = random.Chance(0.35);
        string part = adds ? taste.Out : random.Pick($"{taste.Out} // 2", $"{taste.Out} // 4", $"{taste.Out} // 4");
        int branches = adds ? random.Between(2, 3) : part.EndsWith('2') ? 2 : 4;
        List<string> choices =
        [
            $"nn.Conv2d({taste.In}, {part}, 1)",
            $"nn.Conv2d({taste.In}, {part}, 3, padding=1)",
            $"nn.Conv2d({taste.In}, {part}, 5, padding=2)",
            $"nn.Conv2d({taste.In}, {part}, 3, padding=2, dilation=2)",
            $"nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), nn.Conv2d({taste.In}, {part}, 1))",
        ];
        random.Shuffle<string>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(choices));
        List<string> init = [];
        List<string> calls = [];
        string name = taste.Vary("branch", "b");
        for (int i = 1; i <= branches; i++)
        {
            init.Add($"self.{name}{i} = {choices[i - 1]}");
            calls.Add($"self.{name}{i}(x)");
        }

        string y = adds ? string.Join(" + ", calls) : $"torch.cat([{string.Join(", ", calls)}], 1)";
        List<string> forward = [];
        if (taste.Normalizes)
        {
            init.Add($"self.norm = {taste.Norm(taste.Out)}");
            forward.Add($"x = {y}");
            y = "self.norm(x)";
        }

        forward.Add($"return {taste.Activation.Call(y)}");
        draft.Helper(BlockClass.Write(block, $"{taste.In}, {taste.Out}", init, forward));
        int channels = Trunk.Write(draft, taste, block, strided: false, most: 48);
        Head.Write(draft, taste, channels);
    }
}

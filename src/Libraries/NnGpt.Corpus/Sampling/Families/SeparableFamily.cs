namespace NnGpt.Corpus.Sampling.Families;

/// <summary>MobileNet (arXiv 1704.04861): depthwise convolution followed by a pointwise one.</summary>
internal sealed class SeparableFamily : IArchitectureFamily
{
    public string Name => "separable";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        int kernel = random.Weighted((3, 75), (5, 25));
        bool between = random.Chance(0.5);
        string block;
        if (random.Chance(0.5))
        {
            block = taste.Vary("conv_block", "separable", "dw_block");
            List<string> parts = between
                ? taste.ConvUnit(taste.In, taste.In, kernel, "stride", taste.In)
                : [taste.Conv(taste.In, taste.In, kernel, "stride", taste.In, normalized: false)];
            parts.AddRange(taste.ConvUnit(taste.In, taste.Out, 1));
            draft.Helper($"def {block}({taste.In}, {taste.Out}, stride):\n    return {Taste.Sequential(parts, "", "    ")}");
        }
        else
        {
            block = taste.Vary("Block", "SeparableConv", "DSConv");
            string x = "self.depthwise(x)";
            List<string> init =
            [
                $"self.depthwise = {taste.Conv(taste.In, taste.In, kernel, "stride", taste.In, normalized: false)}",
                $"self.pointwise = {taste.Conv(taste.In, taste.Out, 1)}",
            ];
            x = between ? taste.Activation.Call(x) : x;
            x = $"self.pointwise({x})";
            if (taste.Normalizes)
            {
                init.Add($"self.norm = {taste.Norm(taste.Out)}");
                x = $"self.norm({x})";
            }

            draft.Helper(BlockClass.Write(block, $"{taste.In}, {taste.Out}, stride", init, [$"return {taste.Activation.Call(x)}"]));
        }

        int channels = Trunk.Write(draft, taste, block);
        Head.Write(draft, taste, channels);
    }
}

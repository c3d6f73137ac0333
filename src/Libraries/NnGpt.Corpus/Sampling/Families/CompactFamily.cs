namespace NnGpt.Corpus.Sampling.Families;

/// <summary>One or two layers that shrink the image at once.</summary>
internal sealed class CompactFamily : IArchitectureFamily
{
    public string Name => "compact";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        int width = random.Pick(4, 8, 12, 16, 24, 32);
        switch (random.Below(4))
        {
            case 0:
                int side = random.Pick(4, 5, 7);
                draft.Init($"self.fc = nn.Linear(in_shape[1] * {side * side}, out_shape[0])");
                draft.Forward($"x = F.{random.Pick("adaptive_avg_pool2d", "adaptive_max_pool2d")}(x, {side})");
                if (random.Chance(0.4))
                {
                    draft.Init($"self.scale = nn.Parameter(torch.ones({side * side}) * {random.Pick("0.1", "0.5", "2.0")})");
                    draft.Init("self.channels = in_shape[1]");
                    draft.Forward("return self.fc(x.flatten(1) * self.scale.repeat(self.channels))");
                }
                else
                {
                    draft.Forward($"return self.fc({taste.Activation.Call("x")}.flatten(1))");
                }

                return;
            case 1:
                int patch = random.Pick(4, 7);
                string conv = $"nn.Conv2d(in_shape[1], {width}, {patch}, stride={patch})";
                string size = $"{width} * (in_shape[2] // {patch}) * (in_shape[3] // {patch})";
                if (random.Chance(0.5))
                {
                    draft.Init($"self.conv = {conv}", $"self.fc = nn.Linear({size}, out_shape[0])");
                    draft.Forward($"x = {taste.Activation.Call("self.conv(x)")}.flatten(1)", "return self.fc(x)");
                }
                else
                {
                    List<string> parts = [conv, taste.Activation.Module, "nn.Flatten()"];
                    if (taste.Dropout.Length > 0)
                    {
                        parts.Add($"nn.Dropout({taste.Dropout})");
                    }

                    parts.Add($"nn.Linear({size}, out_shape[0])");
                    draft.Init(Taste.Sequential(parts, "self.net = "));
                    draft.Forward("return self.net(x)");
                }

                return;
            case 2:
                draft.Init($"self.conv = {taste.Conv("in_shape[1]", width, random.Pick(3, 5), random.Pick(1, 2))}");
                string x = "self.conv(x)";
                if (taste.Normalizes)
                {
                    draft.Init($"self.norm = {taste.Norm(width)}");
                    x = $"self.norm({x})";
                }

                draft.Forward($"x = {taste.Activation.Call(x)}");
                Head.Write(draft, taste, width);
                return;
            default:
                int pool = random.Pick(2, 4, 7);
                List<string> layers = [$"nn.{random.Pick("MaxPool2d", "AvgPool2d")}({pool})", .. taste.ConvUnit("in_shape[1]", width, 3)];
                draft.Init(Taste.Sequential(layers, "self.features = "));
                draft.Forward("x = self.features(x)");
                Head.Write(draft, taste, width, pool);
                return;
        }
    }
}

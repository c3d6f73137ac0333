using NnGpt.Torch;

namespace NnGpt.Candidates.Tests;

/// <summary>Faster arithmetic gives the same training but for rounding, whatever a candidate does with its tensors.</summary>
public sealed class NumericsTests
{
    private const string Init = "self.conv = nn.Conv2d(3, 8, 3, padding=1)\nself.bn = nn.BatchNorm2d(8)\nself.fc = nn.Linear(8 * 64, 10)";

    private static TrainingReport Train(string forward, TrainingNumerics numerics)
    {
        var batches = new BatchSource(4, _ => 16, (batch, images, labels) =>
        {
            for (var i = 0; i < images.Length; i++)
                images[i] = ((i * 37) + (batch * 11)) % 101 / 50f - 1;
            for (var i = 0; i < labels.Length; i++)
                labels[i] = i % 10;
            return labels.Length;
        });
        var request = new TrainingRequest
        {
            InShape = [16, 3, 8, 8],
            Classes = 10,
            Prm = new Dictionary<string, double> { ["lr"] = 0.01, ["momentum"] = 0.9, ["dropout"] = 0.2, ["batch"] = 16 },
            Training = batches,
            Evaluation = batches,
            Numerics = numerics,
        };
        return CandidateTrainer.Train(Candidate.With(Init, forward), request, new CandidateLimits(), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("x = torch.relu(self.bn(self.conv(x)))\nreturn self.fc(torch.flatten(x, 1))")]
    [InlineData("x = torch.relu(self.bn(self.conv(x)))\nreturn self.fc(x.view(x.size(0), -1))")]
    [InlineData("x = self.conv(x)\ny = x.view(x.size(0), -1)\ny.mul_(2)\nreturn self.fc((x * 0.5).flatten(1) + y)")]
    [InlineData("x = self.conv(x)\ny = x.view(x.size(0), -1)\nx += 1\nreturn self.fc(y)")]
    [InlineData("x = self.conv(x)\ny = nn.Flatten()(x)\nF = nn.functional.relu(y, inplace=True)\nreturn self.fc(x.reshape(16, 512) if x.size(0) == 16 else x.flatten(1))")]
    [InlineData("x = self.conv(x)\nreturn self.fc(x.flatten(1)) * (2.0 if x.stride()[1] == 64 else 0.5)")]
    public void Train_Fast_GivesTheLossesOfExactButForRounding(string forward)
    {
        var exact = Train(forward, TrainingNumerics.Exact);
        var fast = Train(forward, TrainingNumerics.Fast);
        Assert.Null(exact.Rejection);
        Assert.Null(fast.Rejection);
        Assert.Equal(4, exact.Losses.Count);
        Assert.Equal(exact.Losses.Count, fast.Losses.Count);
        Assert.All(exact.Losses.Zip(fast.Losses), pair => Assert.Equal(1, pair.Second / pair.First, 4));
    }

    [Fact]
    public void Train_BFloat16_ComesCloseAndIsNotExact()
    {
        const string Forward = "x = torch.relu(self.bn(self.conv(x)))\nreturn self.fc(torch.flatten(x, 1))";
        var exact = Train(Forward, TrainingNumerics.Exact);
        var reduced = Train(Forward, TrainingNumerics.BFloat16);
        Assert.Null(reduced.Rejection);
        Assert.NotEqual(exact.Losses, reduced.Losses);
        Assert.All(exact.Losses.Zip(reduced.Losses), pair => Assert.InRange(pair.Second / pair.First, 0.9, 1.1));
    }

    [Fact]
    public void Train_BFloat16WithoutAKernel_IsTrainedInFloat32()
    {
        const string Forward = "x = nn.functional.relu6(self.bn(self.conv(x)))\nreturn self.fc(torch.flatten(x, 1))";
        var reduced = Train(Forward, TrainingNumerics.BFloat16);
        Assert.Null(reduced.Rejection);
        Assert.Equal(Train(Forward, TrainingNumerics.Fast).Losses, reduced.Losses);
    }

    [Fact]
    public void Train_Fast_LeavesNoTensorBehind()
    {
        const string Forward = "x = self.conv(x)\nreturn self.fc(x.view(x.size(0), -1))";
        Train(Forward, TrainingNumerics.Fast);
        var before = TensorLeaks.Alive;
        Train(Forward, TrainingNumerics.Fast);
        Assert.Equal(before, TensorLeaks.Alive);
    }
}

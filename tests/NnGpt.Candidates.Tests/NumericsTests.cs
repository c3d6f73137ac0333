using NnGpt.Torch;

namespace NnGpt.Candidates.Tests;

/// <summary>Faster arithmetic gives the same training but for rounding, whatever a candidate does with its tensors.</summary>
public sealed class NumericsTests
{
    private const string Init = "self.conv = nn.Conv2d(3, 8, 3, padding=1)\nself.bn = nn.BatchNorm2d(8)\nself.fc = nn.Linear(8 * 64, 10)";

    private static TrainingReport Train(string forward, TrainingNumerics numerics, string? learn = null)
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
        return CandidateTrainer.Train(Candidate.With(Init, forward, learn), request, new CandidateLimits(), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("x = torch.relu(self.bn(self.conv(x)))\nreturn self.fc(torch.flatten(x, 1))")]
    [InlineData("x = torch.relu(self.bn(self.conv(x)))\nreturn self.fc(x.view(x.size(0), -1))")]
    [InlineData("x = self.conv(x)\ny = x.view(x.size(0), -1)\ny.mul_(2)\nreturn self.fc((x * 0.5).flatten(1) + y)")]
    [InlineData("x = self.conv(x)\ny = x.view(x.size(0), -1)\nx += 1\nreturn self.fc(y)")]
    [InlineData("x = self.conv(x)\ny = nn.Flatten()(x)\nF = nn.functional.relu(y, inplace=True)\nreturn self.fc(x.reshape(16, 512) if x.size(0) == 16 else x.flatten(1))")]
    [InlineData("x = self.conv(x)\nreturn self.fc(x.flatten(1)) * (2.0 if x.stride()[1] == 64 else 0.5)")]
    [InlineData("x = self.bn(self.conv(x)).flatten(2).transpose(1, 2)\nx = nn.functional.softmax(nn.functional.layer_norm(nn.functional.gelu(x), (8,)), -1)\nreturn self.fc(x.reshape(x.size(0), -1))")]
    [InlineData("x = torch.view_as_complex(self.conv(x).unflatten(3, (4, 2)))\nreturn self.fc(torch.view_as_real(x).flatten(1))")]
    [InlineData("x = self.conv(x).flatten(2)\nx.mul_(2)\nreturn self.fc(x.view(x.size(0), -1))")]
    [InlineData("x = self.conv(x).view(x.size(0), 8, 4, -1)\ntry:\n    y = x.permute(0, 2, 1, 3).view(x.size(0), -1)\nexcept RuntimeError:\n    y = x.flatten(1)\nreturn self.fc(y)")]
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

    [Theory]
    [InlineData("SGD(self.parameters(), lr=0.05)")]
    [InlineData("SGD(self.parameters(), lr=0.05, momentum=0.9, dampening=0.1, weight_decay=0.01)")]
    [InlineData("SGD(self.parameters(), lr=0.05, momentum=0.9, nesterov=True)")]
    [InlineData("SGD(self.parameters(), lr=0.05, momentum=0.9, maximize=True)")]
    [InlineData("Adam(self.parameters(), lr=0.01, weight_decay=0.01)")]
    [InlineData("Adam(self.parameters(), lr=0.01, amsgrad=True)")]
    [InlineData("AdamW(self.parameters(), lr=0.01, betas=(0.8, 0.9))")]
    public void Train_FastWithAnOptimizer_GivesTheLossesOfExactButForRounding(string optimizer)
    {
        const string Forward = "x = torch.relu(self.bn(self.conv(x)))\nreturn self.fc(torch.flatten(x, 1))";
        foreach (var clip in (double[])[0.5, 1e6])
        {
            var learn = FormattableString.Invariant($"""
                        optimizer = torch.optim.{optimizer}
                        for x, y in train_data:
                            optimizer.zero_grad()
                            loss = self.criterion(self(x), y)
                            loss.backward()
                            nn.utils.clip_grad_norm_(self.parameters(), {clip})
                            optimizer.step()
                """);
            var exact = Train(Forward, TrainingNumerics.Exact, learn);
            var fast = Train(Forward, TrainingNumerics.Fast, learn);
            Assert.Null(fast.Rejection);
            Assert.Equal(4, fast.Losses.Count);
            Assert.All(exact.Losses.Zip(fast.Losses), pair => Assert.Equal(1, pair.Second / pair.First, 3));
        }
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

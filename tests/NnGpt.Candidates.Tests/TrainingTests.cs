using NnGpt.Torch;

namespace NnGpt.Candidates.Tests;

/// <summary>One epoch and its accuracy.</summary>
public sealed class TrainingTests
{
    private const int Classes = 3;

    // The class of an image is its brightest channel: a linear layer learns it.
    private static BatchSource Source(int batches, int size, int seed) => new(batches, _ => size, (batch, images, labels) =>
    {
        var random = new Random(seed * 1000 + batch);
        for (var i = 0; i < size; i++)
        {
            var label = random.Next(Classes);
            labels[i] = label;
            for (var j = 0; j < 12; j++)
                images[i * 12 + j] = (float)random.NextDouble() * 0.2f + (j / 4 == label ? 1 : 0);
        }

        return size;
    });

    private static TrainingRequest Request(int batches = 60) => new()
    {
        InShape = [16, 3, 2, 2],
        Classes = Classes,
        Prm = new Dictionary<string, double> { ["lr"] = 0.05, ["momentum"] = 0.9, ["dropout"] = 0.2, ["batch"] = 16 },
        Seed = 1,
        Training = Source(batches, 16, 1),
        Evaluation = Source(4, 25, 2),
    };

    private static TrainingReport Train(string source, CandidateLimits? limits = null) =>
        CandidateTrainer.Train(source, Request(), limits ?? new CandidateLimits(), TestContext.Current.CancellationToken);

    [Fact]
    public void Train_LearnableData_GivesItsAccuracy()
    {
        var report = Train(Candidate.With("self.fc = nn.Linear(12, 3)"));
        Assert.Null(report.Rejection);
        Assert.Equal(60, report.Losses.Count);
        Assert.Equal(100, report.Images);
        Assert.True(report.Accuracy > 0.95, $"accuracy {report.Accuracy}");
        Assert.Equal(39, report.Parameters);
        Assert.Equal(36, report.Macs);
    }

    [Fact]
    public void Train_SecondPassOverTheData_FindsNoBatches()
    {
        var report = Train(Candidate.With("self.fc = nn.Linear(12, 3)", learn: "        for _ in range(3):\n" + Candidate.Learn.Replace("\n", "\n    ", StringComparison.Ordinal).Insert(0, "    ")));
        Assert.Null(report.Rejection);
        Assert.Equal(60, report.Losses.Count);
    }

    [Theory]
    [InlineData("p.data -= 0.05 * p.grad")]
    [InlineData("p.data.add_(p.grad, alpha=-0.05)")]
    [InlineData("p.data = p.data - 0.05 * p.grad")]
    [InlineData("p.data.copy_(p.data - 0.05 * p.grad)")]
    public void Train_UpdatesByHandThroughData_AreATraining(string update)
    {
        var report = Train(Candidate.With("self.fc = nn.Linear(12, 3)", learn: Candidate.Learn.Replace("self.optimizer.step()", $"for p in self.parameters():\n                        {update}", StringComparison.Ordinal)));
        Assert.Null(report.Rejection);
        Assert.True(report.Accuracy > 0.9, $"accuracy {report.Accuracy}");
    }

    [Fact]
    public void Train_LearnWithoutUpdates_IsUntrained()
    {
        var report = Train(Candidate.With("self.fc = nn.Linear(12, 3)", learn: "        for x, y in train_data:\n            self(x)"));
        Assert.Equal(RejectionReason.Untrained, report.Rejection?.Reason);
    }

    [Fact]
    public void Train_DivergingLoss_IsNonFinite()
    {
        var report = Train(Candidate.With("self.fc = nn.Linear(12, 3)", learn: Candidate.Learn.Replace("self.criterion(self(x), y)", "self.criterion(self(x), y) * float('inf')", StringComparison.Ordinal)));
        Assert.Equal(RejectionReason.NonFinite, report.Rejection?.Reason);
    }

    [Fact]
    public void Train_OverTheComputeBudget_IsRefusedBeforeItStarts()
    {
        var report = Train(Candidate.With("self.fc = nn.Linear(12, 3)"), new CandidateLimits { MaxTrainingMacs = 36 * 3 * 960 });
        Assert.Equal(RejectionReason.Compute, report.Rejection?.Reason);
        Assert.Empty(report.Losses);
    }

    [Fact]
    public void Train_ManySteps_LeaveNoTensorBehind()
    {
        Train(Candidate.With("self.fc = nn.Linear(12, 3)"));
        // What other tests left to the collector must not be freed between the two counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = TensorLeaks.Alive;
        Train(Candidate.With("self.fc = nn.Sequential(nn.Linear(12, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.1), nn.Linear(8, 3))"));
        Assert.Equal(before, TensorLeaks.Alive);
    }

    [Fact]
    public void Train_SameSeed_GivesTheSameLosses()
    {
        var source = Candidate.With("self.fc = nn.Sequential(nn.Linear(12, 8), nn.Dropout(0.5), nn.Linear(8, 3))");
        Assert.Equal(Train(source).Losses, Train(source).Losses);
    }
}

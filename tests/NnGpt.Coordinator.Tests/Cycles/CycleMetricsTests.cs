using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Tests.Cycles;

public sealed class CycleMetricsTests
{
    private static readonly CycleRow s_cycle = new("e", 0, CycleStage.Closed, 8, 0.5, "", "", "", [], new Dictionary<string, double>());

    [Fact]
    public void Of_EightCandidates_StatesEachDenominator()
    {
        CandidateRow[] candidates =
        [
            Candidate(0),
            Candidate(1) with { Lost = RejectionReason.Lost, Finished = 1 },
            Generated(2),
            Generated(3) with { Validation = new ValidationOutcome { Reason = RejectionReason.Shape }, Finished = 1 },
            Valid(4) with { Training = new TrainingOutcome { Reason = RejectionReason.NonFinite }, Finished = 1 },
            Valid(5) with { Training = new TrainingOutcome { Scored = true, Accuracy = 0.4 }, Novelty = new NoveltyOutcome { JTrain = 0.2, JGenerated = 0.4 }, Finished = 1 },
            Valid(6) with { Training = new TrainingOutcome { Scored = true, Accuracy = 0.5 }, Novelty = new NoveltyOutcome { AboveThreshold = true, JTrain = 0.95 }, Finished = 1 },
            Valid(7) with { Training = new TrainingOutcome { Scored = true, Accuracy = 0.9 }, Novelty = new NoveltyOutcome { AboveThreshold = true, Novel = true, Admitted = true, JTrain = 0.3 }, Admitted = 1, Finished = 1 },
        ];

        var cycle = CycleMetrics.Of(s_cycle, candidates);

        Assert.Equal((6, 5, 4, 3), (cycle.Generated, cycle.Validated, cycle.Valid, cycle.Scored));
        Assert.Equal((2, 1, 1, 6), (cycle.AboveThreshold, cycle.Novel, cycle.Admitted, cycle.Finished));
        Assert.Equal((6, 3, 3), (cycle.ValidRate.N, cycle.AboveRate.N, cycle.MeanAccuracy.N));
        Assert.Equal(4 / 6.0, cycle.ValidRate.Value, 12);
        Assert.Equal(2 / 3.0, cycle.AboveRate.Value, 12);
        Assert.Equal(0.6, cycle.MeanAccuracy.Value, 12);
        // t(0.975, 2) = 4.302653; s = 0.2645751; n = 3: half width 0.657, cut at 0 and 1.
        Assert.Equal((0d, 1d), (cycle.MeanAccuracy.Low, cycle.MeanAccuracy.High));
        Assert.Equal((0.9, 0.5, "e-c00-007"), (cycle.BestAccuracy, cycle.MedianAccuracy, cycle.BestCandidate));
        Assert.Equal((0.4 + 0.95 + 0.3) / 3, cycle.MeanSimilarity, 12);
        Assert.Equal(["lost", "non_finite", "shape"], cycle.Rejections.Keys.Order());
    }

    [Fact]
    public void Of_NothingYet_HasFiniteFigures()
    {
        var cycle = CycleMetrics.Of(s_cycle, [Candidate(0)]);

        Assert.Equal(new Interval { High = 1 }, cycle.ValidRate);
        Assert.Equal(new Interval { High = 1 }, cycle.MeanAccuracy);
        Assert.Equal((0d, 0d, ""), (cycle.BestAccuracy, cycle.MedianAccuracy, cycle.BestCandidate));
    }

    private static CandidateRow Candidate(int index) => new($"e-c00-{index:000}", "e", 0, index, 0);

    private static CandidateRow Generated(int index) => Candidate(index) with { Origin = new Origin() };

    private static CandidateRow Valid(int index) => Generated(index) with { Validation = new ValidationOutcome { Valid = true } };
}

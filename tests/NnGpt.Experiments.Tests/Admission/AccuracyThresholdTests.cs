using NnGpt.Experiments.Admission;
using NnGpt.Experiments.Profiles;

namespace NnGpt.Experiments.Tests.Admission;

public sealed class AccuracyThresholdTests
{
    private static readonly double[] s_scores = [.1, .2, .3, .4, .5, .6, .7, .8, .9, 1.0, 0.0];

    [Theory]
    [InlineData(0.40, 0, 0.40)]
    [InlineData(0.40, 0.70, 0.70)]
    [InlineData(0.75, 0.70, 0.75)]
    public void Of_ElevenScores_IsTheLargerOfFloorAndQuantile(double floor, double quantile, double expected) =>
        Assert.Equal(expected, AccuracyThreshold.Of(Admission(floor, quantile), s_scores), 12);

    [Fact]
    public void Of_NoScores_IsTheFloor() => Assert.Equal(0.4, AccuracyThreshold.Of(Admission(0.4, 0.7), []));

    [Fact]
    public void Order_OfEqualAccuracies_PutsTheSmallerFirst()
    {
        ScoredCandidate[] candidates = [new("c", .7, 10), new("b", .8, 30), new("a", .8, 20), new("d", .7, 10)];

        Assert.Equal(["a", "b", "c", "d"], Ranking.Order(candidates).Select(c => c.Id));
    }

    private static AdmissionProfile Admission(double floor, double quantile) => new(floor, quantile, .9, .85, 256, 10, true);
}

using NnGpt.Experiments.Statistics;

namespace NnGpt.Experiments.Tests.Statistics;

public sealed class VendiScoreTests
{
    [Fact]
    public void Of_DissimilarItems_CountsThem() =>
        Assert.Equal(3, VendiScore.Of(new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }), 12);

    [Fact]
    public void Of_TheSameItemRepeated_CountsItOnce() =>
        Assert.Equal(2, VendiScore.Of(new double[,] { { 1, 0, 1, 0 }, { 0, 1, 0, 1 }, { 1, 0, 1, 0 }, { 0, 1, 0, 1 } }), 12);

    // Eigenvalues of the pair over n: (1 + s) / 2 and (1 - s) / 2.
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void Of_APair_IsTheEntropyOfItsTwoEigenvalues(double s)
    {
        double entropy = -((1 + s) / 2 * Math.Log((1 + s) / 2)) - ((1 - s) / 2 * Math.Log((1 - s) / 2));

        Assert.Equal(Math.Exp(entropy), VendiScore.Of(new double[,] { { 1, s }, { s, 1 } }), 12);
    }

    [Fact]
    public void Of_NoItems_IsZero() => Assert.Equal(0, VendiScore.Of(new double[0, 0]));
}

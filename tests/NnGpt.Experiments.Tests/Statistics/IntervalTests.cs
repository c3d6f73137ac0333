using NnGpt.Experiments.Statistics;

namespace NnGpt.Experiments.Tests.Statistics;

public sealed class IntervalTests
{
    // Expected ends: roots of (p - q)^2 = z^2 q (1 - q) / n, found by bisection outside of this code.
    [Theory]
    [InlineData(44, 100, 0.346720266302, 0.537718953483)]
    [InlineData(1, 49, 0.003611672590, 0.106935215234)]
    [InlineData(10, 10, 0.722467200137, 1.000000000000)]
    [InlineData(0, 20, 0.000000000000, 0.161125158053)]
    [InlineData(23, 64, 0.252884022915, 0.481791493902)]
    [InlineData(96, 208, 0.395101164874, 0.529370654338)]
    public void Wilson_OfKnownShares_SolvesItsEquation(int successes, int trials, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, trials);

        Assert.Equal((double)successes / trials, interval.Value, 15);
        Assert.Equal(low, interval.Low, 9);
        Assert.Equal(high, interval.High, 9);
        Assert.Equal(trials, interval.N);
    }

    [Fact]
    public void Wilson_WithoutTrials_KnowsNothing()
    {
        var interval = WilsonInterval.Of(0, 0);

        Assert.True(double.IsNaN(interval.Value));
        Assert.Equal((0d, 1d, 0), (interval.Low, interval.High, interval.N));
    }

    [Fact]
    public void Mean_OfElevenValues_IsTheTextbookInterval()
    {
        var interval = MeanInterval.Of([.31, .42, .28, .55, .47, .39, .36, .61, .22, .44, .50]);

        Assert.Equal(0.413636364, interval.Value, 8);
        Assert.Equal(0.334701064, interval.Low, 8);
        Assert.Equal(0.492571664, interval.High, 8);
        Assert.Equal(11, interval.N);
    }

    [Fact]
    public void Mean_OfOneValue_HasNoBounds()
    {
        var interval = MeanInterval.Of([0.5]);

        Assert.Equal(new ConfidenceInterval(0.5, double.NegativeInfinity, double.PositiveInfinity, 1), interval);
    }

    [Fact]
    public void Mean_OfNothing_IsNotANumber() => Assert.True(double.IsNaN(MeanInterval.Of([]).Value));
}

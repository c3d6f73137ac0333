using NnGpt.Experiments.Statistics;

namespace NnGpt.Experiments.Tests.Statistics;

public sealed class StudentTTests
{
    // Printed tables of the t distribution, two-sided 95 % and 99 %.
    [Theory]
    [InlineData(0.975, 1, 12.7062)]
    [InlineData(0.975, 2, 4.3027)]
    [InlineData(0.975, 3, 3.1824)]
    [InlineData(0.975, 4, 2.7764)]
    [InlineData(0.975, 5, 2.5706)]
    [InlineData(0.975, 9, 2.2622)]
    [InlineData(0.975, 10, 2.2281)]
    [InlineData(0.975, 20, 2.0860)]
    [InlineData(0.975, 30, 2.0423)]
    [InlineData(0.975, 60, 2.0003)]
    [InlineData(0.975, 120, 1.9799)]
    [InlineData(0.995, 7, 3.4995)]
    [InlineData(0.95, 15, 1.7531)]
    public void Quantile_OfPrintedTable_IsEqual(double probability, int degreesOfFreedom, double expected)
    {
        Assert.Equal(expected, StudentT.Quantile(probability, degreesOfFreedom), 4);
        Assert.Equal(-expected, StudentT.Quantile(1 - probability, degreesOfFreedom), 4);
    }

    [Fact]
    public void Quantile_OfManyDegreesOfFreedom_ApproachesTheNormal() =>
        Assert.Equal(1.959964, StudentT.Quantile(0.975, 1_000_000), 4);

    [Fact]
    public void Cumulative_OfOneDegree_IsCauchys() =>
        Assert.Equal(0.5 + Math.Atan(2.5) / Math.PI, StudentT.Cumulative(2.5, 1), 14);
}

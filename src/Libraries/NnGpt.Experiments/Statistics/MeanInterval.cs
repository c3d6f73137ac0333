using MathNet.Numerics.Distributions;

namespace NnGpt.Experiments.Statistics;

/// <summary>Mean with its 95 % interval by Student's t with n - 1 degrees of freedom.</summary>
public static class MeanInterval
{
    /// <summary>The interval of the mean of <paramref name="values"/>.</summary>
    /// <returns>
    /// NaN throughout when there are no values; with one value the mean is known and the interval is unbounded
    /// (from minus to plus infinity), since one value says nothing of the spread.
    /// </returns>
    public static ConfidenceInterval Of(IReadOnlyCollection<double> values)
    {
        int n = values.Count;
        if (n == 0)
            return new ConfidenceInterval(double.NaN, double.NaN, double.NaN, 0);
        double mean = values.Sum() / n;
        if (n == 1)
            return new ConfidenceInterval(mean, double.NegativeInfinity, double.PositiveInfinity, 1);
        double deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (n - 1));
        double half = StudentT.InvCDF(0, 1, n - 1, 0.975) * deviation / Math.Sqrt(n);
        return new ConfidenceInterval(mean, mean - half, mean + half, n);
    }
}

namespace NnGpt.Bench;

/// <summary>Medians, for figures with outliers on one side.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN
            : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
            : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    public static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));
}

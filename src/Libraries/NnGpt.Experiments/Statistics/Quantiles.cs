namespace NnGpt.Experiments.Statistics;

/// <summary>Quantiles of a sample by linear interpolation between order statistics (Hyndman and Fan's type 7, as numpy).</summary>
public static class Quantiles
{
    /// <summary>The value below which the given share of <paramref name="values"/> lies.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <param name="share">0..1.</param>
    public static double Of(IReadOnlyCollection<double> values, double share)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        if (!(share >= 0 && share <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "must lie in 0..1");
        double[] sorted = [.. values.Order()];
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        return below + 1 == sorted.Length
            ? sorted[below]
            : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}

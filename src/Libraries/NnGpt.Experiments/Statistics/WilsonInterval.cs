namespace NnGpt.Experiments.Statistics;

/// <summary>Wilson's score interval of a share (E. B. Wilson, JASA 22, 1927), without continuity correction.</summary>
public static class WilsonInterval
{
    // Standard normal quantile of 0.975.
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval of <paramref name="successes"/> out of <paramref name="trials"/>.</summary>
    /// <returns>With no trials: value NaN, and the interval from 0 to 1, since nothing is known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= successes &lt;= trials.</exception>
    public static ConfidenceInterval Of(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (trials == 0)
            return new ConfidenceInterval(double.NaN, 0, 1, 0);
        double n = trials;
        double share = successes / n;
        double denominator = 1 + Z * Z / n;
        double centre = (share + Z * Z / (2 * n)) / denominator;
        double half = Z / denominator * Math.Sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        // At the ends the exact bound is 0 or 1; rounding would miss it by 1e-17.
        double low = successes == 0 ? 0 : centre - half;
        double high = successes == trials ? 1 : centre + half;
        return new ConfidenceInterval(share, low, high, trials);
    }
}

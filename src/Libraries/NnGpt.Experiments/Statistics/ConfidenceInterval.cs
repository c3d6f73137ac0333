namespace NnGpt.Experiments.Statistics;

/// <summary>An estimate with its 95 % interval and the number of observations it rests on.</summary>
/// <param name="Value">The share or the mean; NaN when <paramref name="N"/> is 0.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="N">The denominator.</param>
public readonly record struct ConfidenceInterval(double Value, double Low, double High, int N)
{
    /// <summary>True when <paramref name="value"/> lies in the interval, ends included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}

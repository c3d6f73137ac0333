namespace NnGpt.Reporting;

/// <summary>Maps values to positions, and chooses round ones to name.</summary>
internal sealed class Axis
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;
    private readonly bool _logarithmic;

    public Axis(double low, double high, double from, double to, bool logarithmic)
    {
        if (high - low < 1e-12)
            (low, high) = logarithmic ? (low / 2, high * 2) : (low - 0.5, high + 0.5);
        (_low, _high, _from, _to, _logarithmic) = (low, high, from, to, logarithmic);
    }

    public double At(double value) => _from + ((_to - _from) * (Scale(value) - Scale(_low)) / (Scale(_high) - Scale(_low)));

    /// <summary>About so many: 1, 2 or 5 times a power of ten apart; of a logarithmic axis 1, 2 and 5 of each decade, or 1 alone.</summary>
    public IEnumerable<double> Ticks(int count)
    {
        if (_logarithmic)
        {
            double decades = Math.Log10(_high / _low);
            double[] steps = decades > 3.5 ? [1] : [1, 2, 5];
            for (int power = (int)Math.Floor(Math.Log10(_low)); power <= (int)Math.Ceiling(Math.Log10(_high)); power++)
            {
                foreach (double step in steps)
                {
                    double tick = step * Math.Pow(10, power);
                    if (tick >= _low && tick <= _high)
                        yield return tick;
                }
            }
            yield break;
        }
        double rough = (_high - _low) / count;
        double size = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double width = size * (rough / size) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        for (double i = Math.Ceiling(_low / width - 1e-9); i * width <= _high + (width * 1e-9); i++)
            yield return Math.Round(i * width, 12);
    }

    private double Scale(double value) => _logarithmic ? Math.Log10(value) : value;
}

namespace NnGpt.Python.Modules;

/// <summary>Functions that .NET's Math lacks.</summary>
internal static class SpecialFunctions
{
    private static readonly double[] s_lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>The error function: the Maclaurin series near 0, the continued fraction of erfc elsewhere.</summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x))
            return x;
        var magnitude = Math.Abs(x);
        if (magnitude > 6)
            return Math.Sign(x);
        if (magnitude < 2.5)
        {
            var (sum, term) = (x, x);
            for (var n = 1; n < 200 && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
            {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }

            return sum * 2 / Math.Sqrt(Math.PI);
        }

        var fraction = 0.0;
        for (var n = 60; n > 0; n--)
            fraction = n / 2.0 / (magnitude + fraction);
        var complement = Math.Exp(-magnitude * magnitude) / Math.Sqrt(Math.PI) / (magnitude + fraction);
        return Math.Sign(x) * (1 - complement);
    }

    /// <summary>The gamma function; poles give NaN.</summary>
    public static double Gamma(double x)
    {
        if (double.IsInteger(x))
        {
            if (x <= 0)
                return double.NaN;
            if (x <= 23)
            {
                var product = 1.0;
                for (var i = 2; i < x; i++)
                    product *= i;
                return product;
            }
        }

        if (x < 0.5)
            return Math.PI / (Math.Sin(Math.PI * x) * Gamma(1 - x));
        return x > 171.7 ? double.PositiveInfinity : Math.Exp(LogGamma(x));
    }

    /// <summary>Logarithm of the gamma function's magnitude (Lanczos); poles give infinity.</summary>
    public static double LogGamma(double x)
    {
        if (double.IsInteger(x) && x <= 0)
            return double.NaN;
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogGamma(1 - x);
        if (x is 1 or 2)
            return 0;
        x -= 1;
        var sum = s_lanczos[0];
        for (var i = 1; i < s_lanczos.Length; i++)
            sum += s_lanczos[i] / (x + i);
        var t = x + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}

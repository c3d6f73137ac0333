using System.Globalization;

namespace NnGpt.Python.Runtime.Formatting;

/// <summary>Digits of non-negative floats as C's printf gives them, correctly rounded.</summary>
internal static class FloatFormat
{
    public static string Fixed(double number, int precision, bool alternate)
    {
        if (!double.IsFinite(number))
            return Special(number);
        var text = number.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return alternate && precision == 0 ? text + "." : text;
    }

    public static string Scientific(double number, int precision, bool alternate)
    {
        if (!double.IsFinite(number))
            return Special(number);
        var text = number.ToString("e" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var at = text.IndexOf('e', StringComparison.Ordinal);
        var exponent = int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = text[..at];
        if (alternate && precision == 0)
            mantissa += ".";
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    /// <summary>The g format; <paramref name="keepPoint"/> keeps ".0" as repr does.</summary>
    public static string General(double number, int precision, bool alternate, bool keepPoint)
    {
        if (!double.IsFinite(number))
            return Special(number);
        precision = Math.Max(precision, 1);
        var scientific = Scientific(number, precision - 1, false);
        var at = scientific.IndexOf('e', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent < -4 || exponent >= precision)
            return (alternate ? scientific[..at] : Trim(scientific[..at])) + scientific[at..];
        var text = Fixed(number, precision - 1 - exponent, false);
        if (!alternate)
            text = Trim(text);
        return keepPoint && !text.Contains('.', StringComparison.Ordinal) ? text + ".0" : text;
    }

    private static string Special(double number) => double.IsNaN(number) ? "nan" : "inf";

    private static string Trim(string text) =>
        text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
}

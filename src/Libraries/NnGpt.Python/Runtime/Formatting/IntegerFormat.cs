using System.Globalization;
using System.Numerics;
using System.Text;

namespace NnGpt.Python.Runtime.Formatting;

/// <summary>Digits of integers in any of Python's radixes.</summary>
internal static class IntegerFormat
{
    public static string Digits(BigInteger value, int radix, bool upper)
    {
        if (radix == 10)
            return value.ToString(CultureInfo.InvariantCulture);
        if (value.IsZero)
            return "0";
        RunState.ChargeElements((long)value.GetBitLength(), 2);
        var shift = radix switch { 2 => 1, 8 => 3, _ => 4 };
        var builder = new StringBuilder();
        var bytes = value.ToByteArray(isUnsigned: true);
        for (var bit = 0; bit < bytes.Length * 8; bit += shift)
        {
            var digit = 0;
            for (var i = 0; i < shift; i++)
            {
                var at = bit + i;
                if (at < bytes.Length * 8 && (bytes[at >> 3] >> (at & 7) & 1) != 0)
                    digit |= 1 << i;
            }

            builder.Insert(0, (upper ? "0123456789ABCDEF" : "0123456789abcdef")[digit]);
        }

        return builder.ToString().TrimStart('0');
    }
}

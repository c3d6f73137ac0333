using System.Globalization;
using System.Text;

namespace NnGpt.Python.Runtime.Formatting;

/// <summary><c>"%d" % x</c>.</summary>
internal static class PercentFormat
{
    private const int MaximumWidth = 1 << 20;

    public static string Apply(string format, object arguments)
    {
        var builder = new StringBuilder();
        var values = arguments is PyTuple tuple ? tuple.Items : [arguments];
        var next = 0;
        var usedMapping = false;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                builder.Append(format[i]);
                continue;
            }

            i++;
            object? mapped = null;
            if (i < format.Length && format[i] == '(')
            {
                var close = format.IndexOf(')', i);
                if (close < 0)
                    throw PyErrors.ValueError("incomplete format key");
                if (arguments is not PyDict dict)
                    throw PyErrors.TypeError("format requires a mapping");
                mapped = Py.GetItem(dict, format[(i + 1)..close]);
                usedMapping = true;
                i = close + 1;
            }

            var flags = "";
            while (i < format.Length && "#0- +".Contains(format[i], StringComparison.Ordinal))
                flags += format[i++];
            object Next() => mapped ?? (next < values.Length
                ? values[next++]
                : throw PyErrors.TypeError("not enough arguments for format string"));
            var width = Number(format, ref i, Next);
            var precision = -1;
            if (i < format.Length && format[i] == '.')
            {
                i++;
                precision = Math.Max(0, Number(format, ref i, Next));
            }

            while (i < format.Length && format[i] is 'h' or 'l' or 'L')
                i++;
            if (i >= format.Length)
                throw PyErrors.ValueError("incomplete format");
            if (format[i] == '%')
                builder.Append('%');
            else
                builder.Append(Convert(format[i], i, flags, width, precision, Next()));
            RunState.ChargeElements(builder.Length, 2);
        }

        if (next < values.Length && !usedMapping && arguments is not PyDict && (arguments is PyTuple || !format.Contains('%', StringComparison.Ordinal) || next == 0))
            throw PyErrors.TypeError("not all arguments converted during string formatting");
        return builder.ToString();
    }

    private static int Number(string format, ref int i, Func<object> next)
    {
        if (i < format.Length && format[i] == '*')
        {
            i++;
            return Py.ToInt32(next());
        }

        var start = i;
        while (i < format.Length && char.IsAsciiDigit(format[i]))
            i++;
        if (i == start)
            return 0;
        return int.TryParse(format.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaximumWidth
            ? number
            : throw PyErrors.ValueError("width too big");
    }

    private static string Convert(char type, int at, string flags, int width, int precision, object value)
    {
        if (width < 0)
        {
            flags += "-";
            width = -width;
        }

        string body;
        switch (type)
        {
            case 's' or 'r' or 'a':
                body = type == 's' ? Py.Str(value) : Py.Repr(value);
                body = precision >= 0 && precision < body.Length ? body[..precision] : body;
                return Pad("", body, flags.Replace("0", "", StringComparison.Ordinal), width);
            case 'c':
                body = Py.TryText(value, out var text) ? text : char.ConvertFromUtf32(Py.ToInt32(value));
                return Pad("", body, flags.Replace("0", "", StringComparison.Ordinal), width);
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                return Integer(type, flags, width, precision, value);
            case 'f' or 'F' or 'e' or 'E' or 'g' or 'G':
                if (!Py.TryDouble(value, out var number))
                    throw PyErrors.TypeError($"must be real number, not {Py.TypeName(value)}");
                body = new FormatSpecification(" ", '<', '\0', flags.Contains('#', StringComparison.Ordinal), false, 0, '\0', precision < 0 ? 6 : precision, type)
                    .OfDouble(Math.Abs(number));
                return Pad(Sign(double.IsNegative(number), flags), body, flags, width);
            default:
                throw PyErrors.ValueError($"unsupported format character '{type}' (0x{(int)type:x}) at index {at}");
        }
    }

    private static string Integer(char type, string flags, int width, int precision, object value)
    {
        var plain = Py.Unbox(value);
        // Whatever converts to an int, such as a tensor of one element.
        if (type is 'd' or 'i' or 'u' && (plain is double || Py.TypeOf(value).Lookup("__int__") is not null))
            plain = Builtins.NumberMethods.ToInt(value, PyNone.Value);
        if (!Py.IsInt(plain))
        {
            throw PyErrors.TypeError(type is 'd' or 'i' or 'u'
                ? $"%{type} format: a real number is required, not {Py.TypeName(value)}"
                : $"%{type} format: an integer is required, not {Py.TypeName(value)}");
        }

        var big = NumberOperators.ToBig(plain);
        var radix = type switch { 'x' or 'X' => 16, 'o' => 8, _ => 10 };
        var digits = IntegerFormat.Digits(System.Numerics.BigInteger.Abs(big), radix, type == 'X');
        digits = digits.PadLeft(Math.Max(0, precision), '0');
        var prefix = flags.Contains('#', StringComparison.Ordinal) && radix != 10 ? (radix == 16 ? $"0{type}" : "0o") : "";
        return Pad(Sign(big.Sign < 0, flags) + prefix, digits, flags, width);
    }

    private static string Sign(bool negative, string flags) =>
        negative ? "-" : flags.Contains('+', StringComparison.Ordinal) ? "+" : flags.Contains(' ', StringComparison.Ordinal) ? " " : "";

    private static string Pad(string prefix, string body, string flags, int width)
    {
        var missing = width - prefix.Length - body.Length;
        if (missing <= 0)
            return prefix + body;
        if (flags.Contains('-', StringComparison.Ordinal))
            return prefix + body + new string(' ', missing);
        return flags.Contains('0', StringComparison.Ordinal)
            ? prefix + new string('0', missing) + body
            : new string(' ', missing) + prefix + body;
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;

namespace NnGpt.Python.Runtime.Formatting;

/// <summary>The format mini-language: <c>[[fill]align][sign][z][#][0][width][grouping][.precision][type]</c>.</summary>
internal readonly record struct FormatSpecification(
    string Fill, char Align, char Sign, bool Alternate, bool ZeroPad, int Width, char Grouping, int Precision, char Type)
{
    private const int MaximumWidth = 1 << 20;

    /// <summary><c>format(value, spec)</c> of the built-in types.</summary>
    public static string Apply(object value, string spec)
    {
        var plain = Py.Unbox(value);
        if (spec.Length == 0)
            return Py.Str(value);
        switch (plain)
        {
            case string text:
                return Parse(spec, "str").OfText(text);
            case bool flag when Parse(spec, "bool").Type is '\0' or 's':
                return (Parse(spec, "bool") with { Type = '\0' }).OfText(flag ? "True" : "False");
            case bool flag:
                return Parse(spec, "bool").OfInteger(flag ? 1 : 0);
            case long or BigInteger:
                return Parse(spec, "int").OfInteger(NumberOperators.ToBig(plain));
            case double number:
                return Parse(spec, "float").OfDouble(number);
            default:
                throw PyErrors.TypeError($"unsupported format string passed to {Py.TypeName(value)}.__format__");
        }
    }

    public static FormatSpecification Parse(string spec, string typeName)
    {
        var i = 0;
        var (fill, align) = (" ", '\0');
        var first = char.IsHighSurrogate(spec[0]) && spec.Length > 1 ? 2 : 1;
        if (spec.Length > first && IsAlign(spec[first]))
        {
            (fill, align) = (spec[..first], spec[first]);
            i = first + 1;
        }
        else if (IsAlign(spec[0]))
        {
            align = spec[0];
            i = 1;
        }

        char Take(ReadOnlySpan<char> any) => i < spec.Length && any.Contains(spec[i]) ? spec[i++] : '\0';
        var sign = Take("+- ");
        Take("z");
        var alternate = Take("#") != '\0';
        var zero = align == '\0' && Take("0") != '\0';
        if (zero)
            fill = "0";
        else if (Take("0") != '\0' && fill == " ")
            fill = "0";
        var width = Number(spec, ref i, "Too many decimal digits in format string");
        var grouping = Take(",_");
        var precision = -1;
        if (Take(".") != '\0')
        {
            if (i >= spec.Length || !char.IsAsciiDigit(spec[i]))
                throw PyErrors.ValueError("Format specifier missing precision");
            precision = Number(spec, ref i, "precision too big");
        }

        var type = i < spec.Length ? spec[i++] : '\0';
        if (i < spec.Length)
            throw PyErrors.ValueError($"Invalid format specifier '{spec}' for object of type '{typeName}'");
        return new FormatSpecification(fill, align, sign, alternate, zero, width, grouping, precision, type);
    }

    private static bool IsAlign(char c) => c is '<' or '>' or '=' or '^';

    private static int Number(string spec, ref int i, string message)
    {
        var start = i;
        while (i < spec.Length && char.IsAsciiDigit(spec[i]))
            i++;
        if (i == start)
            return 0;
        if (!int.TryParse(spec.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw PyErrors.ValueError(message);
        return number <= MaximumWidth ? number : throw PyErrors.New(PyErrors.MemoryErrorClass);
    }

    public string OfText(string text)
    {
        if (Type is not ('\0' or 's'))
            throw Unknown("str");
        if (Sign != '\0')
            throw PyErrors.ValueError("Sign not allowed in string format specifier");
        if (Align == '=' || ZeroPad && Align == '=')
            throw PyErrors.ValueError("'=' alignment not allowed in string format specifier");
        if (Precision >= 0 && text.Length > Precision)
            text = text[..Precision];
        return Pad("", text, '<');
    }

    public string OfInteger(BigInteger value)
    {
        if (Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%')
            return OfDouble(NumberOperators.ToDouble(Py.Int(value)));
        if (Precision >= 0)
            throw PyErrors.ValueError("Precision not allowed in integer format specifier");
        var (radix, prefix) = Type switch
        {
            'b' => (2, "0b"),
            'o' => (8, "0o"),
            'x' => (16, "0x"),
            'X' => (16, "0X"),
            '\0' or 'd' or 'n' => (10, ""),
            'c' => (0, ""),
            _ => throw Unknown("int"),
        };
        if (radix == 0)
            return Pad("", char.ConvertFromUtf32((int)value), '<');
        var digits = IntegerFormat.Digits(BigInteger.Abs(value), radix, Type == 'X');
        var sign = SignOf(value.Sign < 0);
        return Pad(sign + (Alternate ? prefix : ""), Group(digits, "", radix == 10 ? 3 : 4, sign.Length), '>');
    }

    public string OfDouble(double number)
    {
        var negative = double.IsNegative(number) && !double.IsNaN(number);
        var magnitude = Math.Abs(number);
        var body = Type switch
        {
            '\0' when Precision < 0 => BuiltinRepr.OfDouble(magnitude),
            '\0' => FloatFormat.General(magnitude, Precision, Alternate, keepPoint: true),
            'f' or 'F' => FloatFormat.Fixed(magnitude, Precision < 0 ? 6 : Precision, Alternate),
            'e' or 'E' => FloatFormat.Scientific(magnitude, Precision < 0 ? 6 : Precision, Alternate),
            'g' or 'G' or 'n' => FloatFormat.General(magnitude, Precision < 0 ? 6 : Precision, Alternate, keepPoint: false),
            '%' => FloatFormat.Fixed(magnitude * 100, Precision < 0 ? 6 : Precision, Alternate) + "%",
            _ => throw Unknown("float"),
        };
        if (Type is 'F' or 'E' or 'G')
            body = body.ToUpperInvariant();
        var end = 0;
        while (end < body.Length && char.IsAsciiDigit(body[end]))
            end++;
        var sign = SignOf(negative);
        return Pad(sign, end == 0 ? body : Group(body[..end], body[end..], 3, sign.Length), '>');
    }

    private PyException Unknown(string typeName) =>
        PyErrors.ValueError($"Unknown format code '{Type}' for object of type '{typeName}'");

    private string SignOf(bool negative) => negative ? "-" : Sign is '+' or ' ' ? Sign.ToString() : "";

    private string Group(string digits, string rest, int size, int signLength)
    {
        if (Grouping == '\0')
            return digits + rest;
        if (ZeroPad)
        {
            while (Grouped(digits, size).Length + rest.Length + signLength < Width)
                digits = "0" + digits;
        }

        return Grouped(digits, size) + rest;
    }

    private string Grouped(string digits, int size)
    {
        var builder = new StringBuilder();
        for (var i = 0; i < digits.Length; i++)
        {
            if (i > 0 && (digits.Length - i) % size == 0)
                builder.Append(Grouping);
            builder.Append(digits[i]);
        }

        return builder.ToString();
    }

    private string Pad(string prefix, string body, char defaultAlign)
    {
        var missing = Width - prefix.Length - (int)TextIndexing.Length(body);
        if (missing <= 0)
            return prefix + body;
        var align = Align != '\0' ? Align : ZeroPad && defaultAlign == '>' ? '=' : defaultAlign;
        var fill = Fill;
        string Fillers(int count) => string.Concat(Enumerable.Repeat(fill, count));
        return align switch
        {
            '<' => prefix + body + Fillers(missing),
            '^' => Fillers(missing / 2) + prefix + body + Fillers(missing - missing / 2),
            '=' => prefix + Fillers(missing) + body,
            _ => Fillers(missing) + prefix + body,
        };
    }
}

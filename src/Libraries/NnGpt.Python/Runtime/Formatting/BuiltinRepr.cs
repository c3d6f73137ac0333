using System.Globalization;
using System.Numerics;
using System.Text;

namespace NnGpt.Python.Runtime.Formatting;

/// <summary>repr of the built-in types.</summary>
internal static class BuiltinRepr
{
    private const int MaximumDepth = 1000;

    [ThreadStatic]
    private static HashSet<object>? t_open;

    /// <summary><c>object.__str__</c>: the repr.</summary>
    public static object? ObjectStr { get; set; }

    public static string Of(object value) => value switch
    {
        string text => OfText(text),
        bool flag => flag ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        BigInteger big => OfBig(big),
        double number => OfDouble(number),
        PyNone => "None",
        PyEllipsis => "Ellipsis",
        PyNotImplemented => "NotImplemented",
        PyBoxed boxed => Of(boxed.Value),
        PyList list => Nested(list, "[...]", () => $"[{Join(list.Items)}]"),
        PyTuple tuple => Nested(tuple, "(...)", () => tuple.Count == 1 ? $"({Py.Repr(tuple[0])},)" : $"({Join(tuple.Items)})"),
        PyDict dict => Nested(dict, "{...}", () =>
            $"{{{Checked(dict.Entries.Select(e => $"{Py.Repr(e.Key)}: {Py.Repr(e.Value)}"))}}}"),
        PySet set => OfSet(set),
        PySlice slice => $"slice({Py.Repr(slice.Start)}, {Py.Repr(slice.Stop)}, {Py.Repr(slice.Step)})",
        PyRange range => range.Step == 1 ? $"range({range.Start}, {range.Stop})" : $"range({range.Start}, {range.Stop}, {range.Step})",
        PyModule module => $"<module '{module.Name}'>",
        PyClass cls => OfClass(cls),
        PyFunction function => $"<function {function.QualifiedName} at {Address(function)}>",
        NativeFunction function => $"<built-in function {function.Name}>",
        PyBoundMethod { Function: NativeFunction function } method =>
            $"<built-in method {function.Name} of {Py.TypeName(method.Self)} object at {Address(method.Self)}>",
        PyBoundMethod method => $"<bound method {NameOf(method.Function)} of {Py.Repr(method.Self)}>",
        PyExceptionObject exception => $"{exception.Class.Name}({Join(exception.Arguments.Items)})",
        NativeIterator iterator => $"<{iterator.Name} object at {Address(iterator)}>",
        PySuper super => $"<super: {OfClass(super.Start)}, <{super.SelfClass.Name} object>>",
        _ => Default(value),
    };

    private static string OfBig(BigInteger value)
    {
        const int MaximumDigits = 4300;
        return value.GetBitLength() > MaximumDigits * 3.33
            ? throw PyErrors.ValueError($"Exceeds the limit ({MaximumDigits} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit")
            : value.ToString(CultureInfo.InvariantCulture);
    }

    public static string Default(object value)
    {
        var cls = Py.TypeOf(value);
        var name = cls.Module == "builtins" ? cls.QualifiedName : $"{cls.Module}.{cls.QualifiedName}";
        return $"<{name} object at {Address(value)}>";
    }

    public static string Address(object value) =>
        $"0x{0x7f0000000000L + System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value) * 16L:x12}";

    public static string OfDouble(double number)
    {
        if (double.IsNaN(number))
            return "nan";
        if (double.IsInfinity(number))
            return number > 0 ? "inf" : "-inf";
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var (negative, digits, exponent) = Decompose(shortest);
        if (digits == "0")
            return double.IsNegative(number) ? "-0.0" : "0.0";
        var body = exponent is < -4 or >= 16
            ? Scientific(digits, exponent)
            : Positional(digits, exponent);
        return negative ? "-" + body : body;
    }

    /// <summary>The significant digits of a .NET number text, and the decimal exponent of the first one.</summary>
    public static (bool Negative, string Digits, int Exponent) Decompose(string text)
    {
        var negative = text[0] == '-';
        if (negative)
            text = text[1..];
        var exponent = 0;
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? text.Length : point) - 1;
        var digits = text.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        exponent -= digits.Length - significant.Length;
        significant = significant.TrimEnd('0');
        return significant.Length == 0 ? (negative, "0", 0) : (negative, significant, exponent);
    }

    private static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string Positional(string digits, int exponent)
    {
        if (exponent < 0)
            return "0." + new string('0', -exponent - 1) + digits;
        return digits.Length <= exponent + 1
            ? digits + new string('0', exponent + 1 - digits.Length) + ".0"
            : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    public static string OfText(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var builder = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var c in text)
        {
            switch (c)
            {
                case '\\':
                    builder.Append("\\\\");
                    break;
                case '\n':
                    builder.Append("\\n");
                    break;
                case '\r':
                    builder.Append("\\r");
                    break;
                case '\t':
                    builder.Append("\\t");
                    break;
                case var q when q == quote:
                    builder.Append('\\').Append(q);
                    break;
                case < ' ' or (>= '\x7f' and < '\xa1') or '\xad':
                    builder.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
                    break;
                default:
                    builder.Append(c);
                    break;
            }
        }

        return builder.Append(quote).ToString();
    }

    private static string OfClass(PyClass cls) => cls.Module == "builtins"
        ? $"<class '{cls.QualifiedName}'>"
        : $"<class '{cls.Module}.{cls.QualifiedName}'>";

    private static string OfSet(PySet set) => Nested(set, $"{set.Class.Name}(...)", () =>
    {
        if (set.Count == 0)
            return $"{set.Class.Name}()";
        var items = $"{{{Join(set.Items)}}}";
        return ReferenceEquals(set.Class, PyTypes.Set) ? items : $"{set.Class.Name}({items})";
    });

    private static string NameOf(object function) => function switch
    {
        PyFunction python => python.QualifiedName,
        NativeFunction native => native.QualifiedName,
        _ => Py.TypeName(function),
    };

    private static string Join(IEnumerable<object> items) => Checked(items.Select(Py.Repr));

    private static string Checked(IEnumerable<string> parts)
    {
        var builder = new StringBuilder();
        foreach (var part in parts)
        {
            if (builder.Length > 0)
                builder.Append(", ");
            RunState.ChargeElements(builder.Length + (long)part.Length, 2);
            RunState.CurrentOrNull?.Step();
            builder.Append(part);
        }

        return builder.ToString();
    }

    private static string Nested(object value, string again, Func<string> format)
    {
        var open = t_open ??= new HashSet<object>(ReferenceEqualityComparer.Instance);
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (open.Count > MaximumDepth)
            throw PyErrors.RecursionError("maximum recursion depth exceeded while getting the repr of an object");
        if (!open.Add(value))
            return again;
        try
        {
            return format();
        }
        finally
        {
            open.Remove(value);
        }
    }
}

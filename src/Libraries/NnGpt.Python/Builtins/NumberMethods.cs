using System.Globalization;
using System.Numerics;
using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of int, bool and float.</summary>
internal static class NumberMethods
{
    private const int MaximumDigits = 4300;

    public static void Define()
    {
        DefineOperators(PyTypes.Int);
        DefineOperators(PyTypes.Float);
        PyTypes.Int
            .New("cls, x=0, /, base=None", a => Wrap(a.As<PyClass>(0), PyTypes.Int, ToInt(a[1], a[2])))
            .Method("bit_length", self => Py.Int((long)BigInteger.Abs(Big(self)).GetBitLength()))
            .Method("bit_count", self => Py.Int(BigInteger.Abs(Big(self)).ToByteArray().Sum(b => BitOperations.PopCount(b))))
            .Method("conjugate", self => Py.Unbox(self))
            .Method("is_integer", _ => Py.True)
            .Method("as_integer_ratio", self => new PyTuple(Py.Unbox(self), Py.Int(1)))
            .Method("__index__", self => Py.Int(Big(self)))
            .Method("__and__", (a, b) => Operate(BinaryOperator.And, a, b)).Method("__or__", (a, b) => Operate(BinaryOperator.Or, a, b))
            .Method("__xor__", (a, b) => Operate(BinaryOperator.Xor, a, b))
            .Method("__lshift__", (a, b) => Operate(BinaryOperator.LeftShift, a, b))
            .Method("__rshift__", (a, b) => Operate(BinaryOperator.RightShift, a, b))
            .Method("__invert__", self => NumberOperators.TryUnary("__invert__", Py.Unbox(self))!)
            .Property("real", self => Py.Unbox(self)).Property("imag", _ => Py.Int(0))
            .Property("numerator", self => Py.Unbox(self)).Property("denominator", _ => Py.Int(1));
        PyTypes.Bool.New("cls, x=False, /", a => Py.Truth(a[1]));
        PyTypes.Float
            .New("cls, x=0.0, /", a => Wrap(a.As<PyClass>(0), PyTypes.Float, ToFloat(a[1])))
            .Method("is_integer", self => Py.Bool(double.IsInteger(Py.ToDouble(self))))
            .Method("conjugate", self => Py.Unbox(self))
            .Method("hex", self => throw PyErrors.NotImplementedError("float.hex is not supported"))
            .Method("as_integer_ratio", self => Ratio(Py.ToDouble(self)))
            .Property("real", self => Py.Unbox(self)).Property("imag", _ => 0.0);
    }

    private static void DefineOperators(PyClass cls)
    {
        foreach (var op in (BinaryOperator[])[
                     BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Multiply, BinaryOperator.Divide,
                     BinaryOperator.FloorDivide, BinaryOperator.Modulo, BinaryOperator.Power])
        {
            cls.Method(OperatorNames.Forward[(int)op], (a, b) => Operate(op, a, b));
            cls.Method(OperatorNames.Reflected[(int)op], (a, b) => Operate(op, b, a));
        }

        foreach (var op in Enum.GetValues<CompareOperator>())
        {
            cls.Method(OperatorNames.Compare[(int)op], (a, b) => NumberOperators.IsNumber(Py.Unbox(b))
                ? BuiltinComparison.TryCompare(op, Py.Unbox(a), Py.Unbox(b))!
                : PyNotImplemented.Value);
        }

        cls.Method("__neg__", self => Py.Negate(Py.Unbox(self)))
            .Method("__pos__", self => Py.Plus(Py.Unbox(self)))
            .Method("__abs__", self => Py.Call(BuiltinFunctions.Table.GetOrNull("abs")!, Py.Unbox(self)))
            .Method("__bool__", self => Py.Bool(Py.Truth(Py.Unbox(self))))
            .Method("__hash__", self => Py.Int(PyHash.Of(Py.Unbox(self))))
            .Method("__int__", self => ToInt(Py.Unbox(self), PyNone.Value))
            .Method("__float__", self => Py.ToDouble(self))
            .Method("__round__", "self, ndigits=None", a => Py.Call(BuiltinFunctions.Table.GetOrNull("round")!, Py.Unbox(a[0]), a[1]))
            .Method("__trunc__", self => ToInt(Py.Unbox(self), PyNone.Value))
            .Method("__repr__", self => BuiltinRepr.Of(Py.Unbox(self)))
            .Method("__format__", (self, spec) => FormatSpecification.Apply(Py.Unbox(self), (string)Py.Unbox(spec)));
    }

    private static object Operate(BinaryOperator op, object a, object b) =>
        NumberOperators.TryBinary(op, Py.Unbox(a), Py.Unbox(b)) ?? PyNotImplemented.Value;

    private static BigInteger Big(object self) => NumberOperators.ToBig(Py.Unbox(self));

    private static object Wrap(PyClass cls, PyClass plain, object value) =>
        ReferenceEquals(cls, plain) ? value : new PyBoxed(cls, value);

    public static object ToInt(object value, object radix)
    {
        var plain = Py.Unbox(value);
        if (radix is not PyNone)
        {
            return plain is string digits
                ? ParseInt(digits, Py.ToInt32(radix))
                : throw PyErrors.TypeError("int() can't convert non-string with explicit base");
        }

        switch (plain)
        {
            case long or BigInteger:
                return plain;
            case bool flag:
                return Py.Int(flag ? 1 : 0);
            case double number:
                if (double.IsNaN(number))
                    throw PyErrors.ValueError("cannot convert float NaN to integer");
                if (double.IsInfinity(number))
                    throw PyErrors.OverflowError("cannot convert float infinity to integer");
                return Py.Int(new BigInteger(Math.Truncate(number)));
            case string text:
                return ParseInt(text, 10);
        }

        foreach (var name in (string[])["__int__", "__index__", "__trunc__"])
        {
            if (Py.TypeOf(value).Lookup(name) is { } method)
                return Py.CallSpecial(method, value);
        }

        throw PyErrors.TypeError(
            $"int() argument must be a string, a bytes-like object or a real number, not '{Py.TypeName(value)}'");
    }

    private static object ParseInt(string text, int radix)
    {
        PyException Invalid() => PyErrors.ValueError($"invalid literal for int() with base {radix}: {Py.Repr(text)}");
        if (radix != 0 && radix is < 2 or > 36)
            throw PyErrors.ValueError("int() base must be >= 2 and <= 36, or 0");
        var body = text.Trim();
        var negative = body.StartsWith('-');
        if (body.Length > 0 && body[0] is '+' or '-')
            body = body[1..];
        var prefix = body.Length > 1 && body[0] == '0' ? char.ToLowerInvariant(body[1]) : '\0';
        var declared = prefix switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
        var effective = radix == 0 ? (declared == 0 ? 10 : declared) : radix;
        if (declared != 0 && declared == effective)
            body = body[2..];
        if (body.Length == 0 || body[^1] == '_' || body.Contains("__", StringComparison.Ordinal) || body[0] == '_' && declared == 0)
            throw Invalid();
        if (body.Length > MaximumDigits)
            throw PyErrors.ValueError($"Exceeds the limit ({MaximumDigits} digits) for integer string conversion");
        BigInteger value = 0;
        foreach (var c in body)
        {
            if (c == '_')
                continue;
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : 99;
            if (digit >= effective)
                throw Invalid();
            value = value * effective + digit;
        }

        return Py.Int(negative ? -value : value);
    }

    private static object ToFloat(object value)
    {
        if (Py.Unbox(value) is string text)
        {
            var body = text.Trim().Replace("_", "", StringComparison.Ordinal);
            switch (body.ToLowerInvariant().TrimStart('+'))
            {
                case "inf" or "infinity":
                    return double.PositiveInfinity;
                case "-inf" or "-infinity":
                    return double.NegativeInfinity;
                case "nan" or "-nan":
                    return double.NaN;
            }

            return body.Length > 0 && body[^1] != ',' && double.TryParse(body, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : throw PyErrors.ValueError($"could not convert string to float: {Py.Repr(value)}");
        }

        return Py.TryDouble(value, out var number)
            ? number
            : throw PyErrors.TypeError($"float() argument must be a string or a real number, not '{Py.TypeName(value)}'");
    }

    private static PyTuple Ratio(double number)
    {
        if (!double.IsFinite(number))
            throw PyErrors.ValueError("cannot convert a non-finite float to an integer ratio");
        var (mantissa, exponent) = PyHash.Split(number);
        while (!double.IsInteger(mantissa))
        {
            mantissa *= 2;
            exponent--;
        }

        var top = new BigInteger(mantissa);
        return exponent >= 0
            ? new PyTuple(Py.Int(top << exponent), Py.Int(1))
            : new PyTuple(Py.Int(top), Py.Int(BigInteger.One << -exponent));
    }
}

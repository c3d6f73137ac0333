using System.Globalization;
using System.Numerics;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

internal static partial class BuiltinFunctions
{
    private static void DefineNumbers(PyDict table)
    {
        Function(table, "abs", "x, /", a => Abs(a[0]));
        Function(table, "round", "number, ndigits=None", a => Round(a[0], a[1]));
        Function(table, "divmod", "a, b, /", a => DivMod(a[0], a[1]));
        Function(table, "pow", "base, exp, mod=None", a => a.IsNone(2)
            ? Py.Binary(BinaryOperator.Power, a[0], a[1])
            : ModularPower(a[0], a[1], a[2]));
        Function(table, "bin", "number, /", a => WithRadix(a[0], 2, "0b"));
        Function(table, "oct", "number, /", a => WithRadix(a[0], 8, "0o"));
        Function(table, "hex", "number, /", a => WithRadix(a[0], 16, "0x"));
        Function(table, "chr", "i, /", a =>
        {
            var code = a.Long(0);
            if (code is < 0 or > 0x10ffff)
                throw PyErrors.ValueError("chr() arg not in range(0x110000)");
            return code <= 0xffff ? ((char)code).ToString() : char.ConvertFromUtf32((int)code);
        });
        Function(table, "ord", "c, /", a =>
        {
            if (!Py.TryText(a[0], out var text))
                throw PyErrors.TypeError($"ord() expected string of length 1, but {Py.TypeName(a[0])} found");
            if (TextIndexing.Length(text) != 1)
                throw PyErrors.TypeError($"ord() expected a character, but string of length {TextIndexing.Length(text)} found");
            return Py.Int(text.Length == 1 ? text[0] : char.ConvertToUtf32(text, 0));
        });
    }

    private static object Abs(object value)
    {
        switch (Py.Unbox(value))
        {
            case long number:
                return number == long.MinValue ? Py.Int(-(BigInteger)number) : Py.Int(Math.Abs(number));
            case double number:
                return Math.Abs(number);
            case bool flag:
                return Py.Int(flag ? 1 : 0);
            case BigInteger big:
                return Py.Int(BigInteger.Abs(big));
        }

        return Py.TypeOf(value).Lookup("__abs__") is { } method
            ? Py.CallSpecial(method, value)
            : throw PyErrors.TypeError($"bad operand type for abs(): '{Py.TypeName(value)}'");
    }

    private static object Round(object value, object digits)
    {
        switch (Py.Unbox(value))
        {
            case double number when digits is PyNone:
                if (double.IsNaN(number))
                    throw PyErrors.ValueError("cannot convert float NaN to integer");
                if (double.IsInfinity(number))
                    throw PyErrors.OverflowError("cannot convert float infinity to integer");
                return Py.Int(new BigInteger(Math.Round(number, MidpointRounding.ToEven)));
            case double number:
                return RoundDouble(number, Py.ToLong(digits));
            case long or BigInteger or bool:
                var integer = NumberOperators.ToBig(Py.Unbox(value));
                return digits is PyNone || Py.ToLong(digits) >= 0 ? Py.Int(integer) : RoundInteger(integer, -Py.ToLong(digits));
        }

        if (Py.TypeOf(value).Lookup("__round__") is { } method)
            return digits is PyNone ? Py.CallSpecial(method, value) : Py.CallSpecial(method, value, digits);
        throw PyErrors.TypeError($"type {Py.TypeName(value)} doesn't define __round__ method");
    }

    /// <summary>Correct rounding of the exact binary value, as CPython's: through the decimal expansion.</summary>
    private static object RoundDouble(double number, long digits)
    {
        if (!double.IsFinite(number) || digits > 323)
            return number;
        if (digits < -308)
            return number * 0.0;
        if (digits < 0)
        {
            var scale = Math.Pow(10, -digits);
            return Math.Round(number / scale, MidpointRounding.ToEven) * scale;
        }

        return double.Parse(
            number.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static object RoundInteger(BigInteger value, long digits)
    {
        if (digits > 10000)
            return Py.Int(0);
        var unit = BigInteger.Pow(10, (int)digits);
        var rest = ((value % unit) + unit) % unit;
        var down = value - rest;
        var twice = rest * 2;
        var up = twice > unit || (twice == unit && !(down / unit).IsEven);
        return Py.Int(up ? down + unit : down);
    }

    private static object DivMod(object a, object b)
    {
        if (!NumberOperators.IsNumber(a) || !NumberOperators.IsNumber(b))
        {
            if (Py.TypeOf(a).Lookup("__divmod__") is { } method)
                return Py.CallSpecial(method, a, b);
            throw PyErrors.TypeError($"unsupported operand type(s) for divmod(): '{Py.TypeName(a)}' and '{Py.TypeName(b)}'");
        }

        if ((a is double || b is double) && NumberOperators.ToDouble(b) == 0)
            throw PyErrors.ZeroDivisionError("float divmod()");
        return new PyTuple(Py.Binary(BinaryOperator.FloorDivide, a, b), Py.Binary(BinaryOperator.Modulo, a, b));
    }

    private static object ModularPower(object number, object exponent, object modulus)
    {
        if (!Py.IsInt(number) || !Py.IsInt(exponent) || !Py.IsInt(modulus))
            throw PyErrors.TypeError("pow() 3rd argument not allowed unless all arguments are integers");
        var m = NumberOperators.ToBig(Py.Unbox(modulus));
        var e = NumberOperators.ToBig(Py.Unbox(exponent));
        if (m.IsZero)
            throw PyErrors.ValueError("pow() 3rd argument cannot be 0");
        if (e.Sign < 0)
            throw PyErrors.ValueError("base is not invertible for the given modulus");
        if (e.GetBitLength() > 4096 || m.GetBitLength() > 4096)
            throw PyErrors.New(PyErrors.MemoryErrorClass);
        var result = BigInteger.ModPow(NumberOperators.ToBig(Py.Unbox(number)), e, m);
        return Py.Int(!result.IsZero && result.Sign != m.Sign ? result + m : result);
    }

    private static string WithRadix(object value, int radix, string prefix)
    {
        var number = Py.Unbox(value) switch
        {
            BigInteger big => big,
            _ => Py.ToLong(value),
        };
        var sign = number.Sign < 0 ? "-" : "";
        return sign + prefix + Runtime.Formatting.IntegerFormat.Digits(BigInteger.Abs(number), radix, false);
    }
}

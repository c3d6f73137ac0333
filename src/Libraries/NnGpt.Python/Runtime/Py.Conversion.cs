using System.Numerics;

namespace NnGpt.Python.Runtime;

public static partial class Py
{
    /// <summary>An int in the range of long (bool, <c>__index__</c> accepted).</summary>
    public static bool TryIndex(object value, out long result)
    {
        switch (Unbox(value))
        {
            case long number:
                result = number;
                return true;
            case bool flag:
                result = flag ? 1 : 0;
                return true;
            case BigInteger:
                throw PyErrors.OverflowError("Python int too large to convert to C ssize_t");
            case PyObject other when TypeOf(other).Lookup("__index__") is { } method:
                return TryIndex(CallSpecial(method, other), out result);
            default:
                result = 0;
                return false;
        }
    }

    /// <summary>Like <see cref="TryIndex"/>; an int that is too large becomes the largest long.</summary>
    internal static bool TryIndexOrLarge(object value, out long result)
    {
        if (Unbox(value) is not BigInteger big)
            return TryIndex(value, out result);
        result = big.Sign < 0 ? long.MinValue : long.MaxValue;
        return true;
    }

    /// <summary>An int argument, or TypeError "'str' object cannot be interpreted as an integer".</summary>
    public static long ToLong(object value) => TryIndex(value, out var result)
        ? result
        : throw PyErrors.TypeError($"'{TypeName(value)}' object cannot be interpreted as an integer");

    /// <summary>An int in the range of a .NET int.</summary>
    public static int ToInt32(object value)
    {
        var number = ToLong(value);
        return number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw PyErrors.OverflowError("Python int too large to convert to C int");
    }

    /// <summary>A number (int, bool, float, <c>__float__</c>, <c>__index__</c>).</summary>
    public static bool TryDouble(object value, out double result)
    {
        var plain = Unbox(value);
        if (NumberOperators.IsNumber(plain))
        {
            result = NumberOperators.ToDouble(plain);
            return true;
        }

        result = 0;
        if (plain is not PyObject other)
            return false;
        if (TypeOf(other).Lookup("__float__") is { } method)
            return TryDouble(CallSpecial(method, other), out result);
        if (TypeOf(other).Lookup("__index__") is null || !TryIndex(other, out var index))
            return false;
        result = index;
        return true;
    }

    /// <summary>A number, or TypeError "must be real number, not str".</summary>
    public static double ToDouble(object value) => TryDouble(value, out var result)
        ? result
        : throw PyErrors.TypeError($"must be real number, not {TypeName(value)}");

    /// <summary>A str, or an instance of a subclass of str.</summary>
    public static bool TryText(object value, out string text)
    {
        if (Unbox(value) is string found)
        {
            text = found;
            return true;
        }

        text = "";
        return false;
    }

    /// <summary>Whether the value is an int (bool included).</summary>
    public static bool IsInt(object value) => Unbox(value) is long or bool or BigInteger;

    /// <summary>Whether the value is a float.</summary>
    public static bool IsFloat(object value) => Unbox(value) is double;
}

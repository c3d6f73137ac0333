using System.Numerics;

namespace NnGpt.Python.Runtime;

/// <summary>Python's hash: equal numbers of different types hash alike; CPython's values for numbers and tuples.</summary>
internal static class PyHash
{
    private const long Modulus = (1L << 61) - 1;

    public static long Of(object value)
    {
        switch (value)
        {
            case string text:
                return OfString(text);
            case long number:
                return OfLong(number);
            case bool flag:
                return flag ? 1 : 0;
            case double number:
                return OfDouble(number);
            case BigInteger big:
                var rest = (long)(BigInteger.Abs(big) % Modulus);
                return big.Sign < 0 ? -rest : rest;
            case PyTuple tuple when ReferenceEquals(tuple.Class, PyTypes.Tuple):
                return OfTuple(tuple.Items);
            default:
                return Py.HashOf(value);
        }
    }

    public static long OfString(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
            hash = (hash ^ character) * 1099511628211UL;
        return (long)(hash ^ (hash >> 29));
    }

    public static long OfLong(long number)
    {
        var hash = number % Modulus;
        return hash == -1 ? -2 : hash;
    }

    public static long OfDouble(double number)
    {
        if (double.IsInteger(number))
        {
            return number is >= -9e18 and <= 9e18
                ? OfLong((long)number)
                : Of(new BigInteger(number));
        }

        if (double.IsInfinity(number))
            return number > 0 ? 314159 : -314159;
        if (double.IsNaN(number))
            return 0;
        var negative = number < 0;
        var (mantissa, exponent) = Split(Math.Abs(number));
        long x = 0;
        while (mantissa != 0)
        {
            x = ((x << 28) & Modulus) | (x >> (61 - 28));
            mantissa *= 268435456.0;
            exponent -= 28;
            var y = (long)mantissa;
            mantissa -= y;
            x += y;
            if (x >= Modulus)
                x -= Modulus;
        }

        exponent = exponent >= 0 ? exponent % 61 : 60 - ((-1 - exponent) % 61);
        x = ((x << exponent) & Modulus) | (x >> (61 - exponent));
        if (negative)
            x = -x;
        return x == -1 ? -2 : x;
    }

    /// <summary>CPython's tuple hash (xxHash primes).</summary>
    public static long OfTuple(IReadOnlyList<object> items)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        unchecked
        {
            const ulong Prime1 = 11400714785074694791UL;
            const ulong Prime2 = 14029467366897019727UL;
            const ulong Prime5 = 2870177450012600261UL;
            var hash = Prime5;
            foreach (var item in items)
            {
                hash += (ulong)Of(item) * Prime2;
                hash = BitOperations.RotateLeft(hash, 31);
                hash *= Prime1;
            }

            hash += (ulong)items.Count ^ (Prime5 ^ 3527539UL);
            return hash == ulong.MaxValue ? 1546275796 : (long)hash;
        }
    }

    /// <summary>frexp: number = mantissa * 2^exponent with mantissa in [0.5, 1).</summary>
    internal static (double Mantissa, int Exponent) Split(double number)
    {
        if (number == 0 || !double.IsFinite(number))
            return (number, 0);
        var exponent = Math.ILogB(number) + 1;
        return (Math.ScaleB(number, -exponent), exponent);
    }
}

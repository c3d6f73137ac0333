using System.Numerics;

namespace NnGpt.Python.Runtime;

/// <summary>Arithmetic of int, bool and float; null when an operand is something else.</summary>
internal static class NumberOperators
{
    private const int MaximumIntBytes = 1 << 20;

    public static object? TryBinary(BinaryOperator op, object left, object right)
    {
        if (left is long a && right is long b)
            return OfLongs(op, a, b);
        if (left is double x && right is double y)
            return OfDoubles(op, x, y);
        if (!IsNumber(left) || !IsNumber(right))
            return null;
        if (left is double || right is double)
            return OfDoubles(op, ToDouble(left), ToDouble(right));
        if (left is bool p && right is bool q)
        {
            switch (op)
            {
                case BinaryOperator.And: return Py.Bool(p & q);
                case BinaryOperator.Or: return Py.Bool(p | q);
                case BinaryOperator.Xor: return Py.Bool(p ^ q);
            }
        }

        if (left is BigInteger || right is BigInteger)
            return OfBig(op, ToBig(left), ToBig(right));
        return OfLongs(op, ToLong(left), ToLong(right));
    }

    public static object? TryUnary(string method, object value)
    {
        switch (value)
        {
            case long number:
                return method switch
                {
                    "__neg__" => number == long.MinValue ? Py.Int(-(BigInteger)number) : Py.Int(-number),
                    "__pos__" => value,
                    _ => Py.Int(~number),
                };
            case double number:
                return method switch { "__neg__" => -number, "__pos__" => value, _ => null };
            case bool flag:
                return TryUnary(method, flag ? 1L : 0L);
            case BigInteger big:
                return method switch { "__neg__" => Py.Int(-big), "__pos__" => value, _ => Py.Int(-big - 1) };
            default:
                return null;
        }
    }

    public static bool IsNumber(object value) => value is long or double or bool or BigInteger;

    public static BigInteger ToBig(object value) => value switch
    {
        BigInteger big => big,
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => throw new ArgumentException("not an int", nameof(value)),
    };

    public static double ToDouble(object value) => value switch
    {
        double number => number,
        long number => number,
        bool flag => flag ? 1 : 0,
        BigInteger big => double.IsFinite((double)big)
            ? (double)big
            : throw PyErrors.OverflowError("int too large to convert to float"),
        _ => throw new ArgumentException("not a number", nameof(value)),
    };

    private static long ToLong(object value) => value is bool flag ? (flag ? 1 : 0) : (long)value;

    private static object? OfLongs(BinaryOperator op, long a, long b)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                var sum = unchecked(a + b);
                return ((a ^ sum) & (b ^ sum)) < 0 ? Py.Int((BigInteger)a + b) : Py.Int(sum);
            case BinaryOperator.Subtract:
                var difference = unchecked(a - b);
                return ((a ^ b) & (a ^ difference)) < 0 ? Py.Int((BigInteger)a - b) : Py.Int(difference);
            case BinaryOperator.Multiply:
                var high = Math.BigMul(a, b, out var low);
                return high == low >> 63 ? Py.Int(low) : Py.Int((BigInteger)a * b);
            case BinaryOperator.Divide:
                return b == 0 ? throw PyErrors.ZeroDivisionError("division by zero") : OfDivision(a, b);
            case BinaryOperator.FloorDivide when b is not (0 or -1):
                var quotient = a / b;
                return Py.Int(a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient);
            case BinaryOperator.Modulo when b is not (0 or -1):
                var rest = a % b;
                return Py.Int(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest);
            case BinaryOperator.And:
                return Py.Int(a & b);
            case BinaryOperator.Or:
                return Py.Int(a | b);
            case BinaryOperator.Xor:
                return Py.Int(a ^ b);
            case BinaryOperator.RightShift when b >= 0:
                return Py.Int(a >> (int)Math.Min(b, 63));
            case BinaryOperator.MatrixMultiply:
                return null;
            default:
                return OfBig(op, a, b);
        }
    }

    private static object OfDivision(BigInteger a, BigInteger b)
    {
        const long Exact = 1L << 53;
        if (BigInteger.Abs(a) <= Exact && BigInteger.Abs(b) <= Exact)
            return (double)a / (double)b;
        var shift = Math.Max(0, 66 - (int)a.GetBitLength() + (int)b.GetBitLength());
        var quotient = BigInteger.DivRem(BigInteger.Abs(a) << shift, BigInteger.Abs(b), out var rest);
        if (!rest.IsZero)
            quotient |= 1;
        var value = Math.ScaleB(RoundToDouble(quotient, out var exponent), exponent - shift);
        if (double.IsInfinity(value))
            throw PyErrors.OverflowError("integer division result too large for a float");
        return a.Sign * b.Sign < 0 ? -value : value;
    }

    /// <summary>The 53-bit mantissa nearest to a positive integer (ties to even), and its binary exponent.</summary>
    private static double RoundToDouble(BigInteger value, out int exponent)
    {
        exponent = Math.Max(0, (int)value.GetBitLength() - 64);
        var sticky = exponent > 0 && !(value & ((BigInteger.One << exponent) - 1)).IsZero;
        var top = (ulong)(value >> exponent) | (sticky ? 1UL : 0);
        var drop = 64 - 53;
        if (top < 1UL << 63)
            return top;
        var half = 1UL << (drop - 1);
        var mask = (1UL << drop) - 1;
        var low = top & mask;
        top >>= drop;
        if (low > half || (low == half && (top & 1) == 1))
            top++;
        exponent += drop;
        return top;
    }

    private static object? OfBig(BinaryOperator op, BigInteger a, BigInteger b)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                return Py.Int(a + b);
            case BinaryOperator.Subtract:
                return Py.Int(a - b);
            case BinaryOperator.Multiply:
                ChargeProduct(a, b);
                return Py.Int(a * b);
            case BinaryOperator.Divide:
                return b.IsZero ? throw PyErrors.ZeroDivisionError("division by zero") : OfDivision(a, b);
            case BinaryOperator.FloorDivide:
            case BinaryOperator.Modulo:
                if (b.IsZero)
                {
                    throw PyErrors.ZeroDivisionError(
                        op == BinaryOperator.Modulo ? "integer modulo by zero" : "integer division or modulo by zero");
                }

                ChargeProduct(a, b);
                var quotient = BigInteger.DivRem(a, b, out var rest);
                if (!rest.IsZero && rest.Sign < 0 != b.Sign < 0)
                {
                    quotient -= 1;
                    rest += b;
                }

                return Py.Int(op == BinaryOperator.Modulo ? rest : quotient);
            case BinaryOperator.Power:
                return Power(a, b);
            case BinaryOperator.LeftShift:
                if (b.Sign < 0)
                    throw PyErrors.ValueError("negative shift count");
                if (a.IsZero)
                    return Py.Int(0);
                if (b > int.MaxValue)
                    throw PyErrors.New(PyErrors.MemoryErrorClass);
                if ((long)b / 8 + a.GetByteCount() > MaximumIntBytes)
                    throw PyErrors.New(PyErrors.MemoryErrorClass);
                return Py.Int(a << (int)b);
            case BinaryOperator.RightShift:
                if (b.Sign < 0)
                    throw PyErrors.ValueError("negative shift count");
                return Py.Int(b > int.MaxValue ? (a.Sign < 0 ? -1 : 0) : a >> (int)b);
            case BinaryOperator.And:
                return Py.Int(a & b);
            case BinaryOperator.Or:
                return Py.Int(a | b);
            case BinaryOperator.Xor:
                return Py.Int(a ^ b);
            default:
                return null;
        }
    }

    /// <summary>Counts the work of multiplying or dividing large ints, and refuses ints that are too large.</summary>
    private static void ChargeProduct(BigInteger a, BigInteger b)
    {
        long left = a.GetByteCount();
        long right = b.GetByteCount();
        if (left + right < 64)
            return;
        if (left + right > MaximumIntBytes)
            throw PyErrors.New(PyErrors.MemoryErrorClass);
        RunState.CurrentOrNull?.Steps(left * right / 1024);
    }

    private static object Power(BigInteger a, BigInteger b)
    {
        if (b.Sign < 0)
        {
            return a.IsZero
                ? throw PyErrors.ZeroDivisionError("0.0 cannot be raised to a negative power")
                : Math.Pow(ToDouble(a), ToDouble(b));
        }

        if (a.IsZero || a.IsOne)
            return Py.Int(b.IsZero ? 1 : (long)a);
        if (a == BigInteger.MinusOne)
            return Py.Int(b.IsEven ? 1 : -1);
        var bits = b * a.GetBitLength();
        if (bits > 8L * MaximumIntBytes)
            throw PyErrors.New(PyErrors.MemoryErrorClass);
        var bytes = (long)bits / 8;
        RunState.CurrentOrNull?.Steps(bytes * bytes / 4096);
        return Py.Int(BigInteger.Pow(a, (int)b));
    }

    private static object? OfDoubles(BinaryOperator op, double x, double y)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                return x + y;
            case BinaryOperator.Subtract:
                return x - y;
            case BinaryOperator.Multiply:
                return x * y;
            case BinaryOperator.Divide:
                return y == 0 ? throw PyErrors.ZeroDivisionError("float division by zero") : x / y;
            case BinaryOperator.FloorDivide:
                return y == 0 ? throw PyErrors.ZeroDivisionError("float floor division by zero") : DivMod(x, y).Quotient;
            case BinaryOperator.Modulo:
                return y == 0 ? throw PyErrors.ZeroDivisionError("float modulo") : DivMod(x, y).Remainder;
            case BinaryOperator.Power:
                if (x == 0 && y < 0)
                    throw PyErrors.ZeroDivisionError("0.0 cannot be raised to a negative power");
                if (x < 0 && double.IsFinite(x) && double.IsFinite(y) && !double.IsInteger(y))
                    throw PyErrors.ValueError("complex numbers are not supported: negative number to a fractional power");
                var power = Math.Pow(x, y);
                return double.IsInfinity(power) && double.IsFinite(x) && double.IsFinite(y)
                    ? throw PyErrors.New(PyErrors.OverflowErrorClass, 34L, "Numerical result out of range")
                    : power;
            default:
                return null;
        }
    }

    public static (double Quotient, double Remainder) DivMod(double x, double y)
    {
        var rest = x % y;
        var quotient = (x - rest) / y;
        if (rest != 0)
        {
            if (y < 0 != rest < 0)
            {
                rest += y;
                quotient -= 1;
            }
        }
        else
        {
            rest = Math.CopySign(0, y);
        }

        if (quotient == 0)
            return (Math.CopySign(0, x / y), rest);
        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, rest);
    }
}

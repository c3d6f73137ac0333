using System.Numerics;
using NnGpt.Python.Builtins;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>math</c>.</summary>
internal static class MathModule
{
    public static PyModule Create()
    {
        var module = new PyModule("math")
            .Set("pi", Math.PI).Set("e", Math.E).Set("tau", Math.Tau)
            .Set("inf", double.PositiveInfinity).Set("nan", double.NaN);
        DefineReal(module);
        DefineRounding(module);
        DefineIntegers(module);
        module.Function("prod", "iterable, /, *, start=1", a =>
        {
            var product = a[1];
            foreach (var item in Py.Iterate(a[0]))
                product = Py.Binary(BinaryOperator.Multiply, product, item);
            return product;
        });
        module.Function("fsum", "seq, /", a => ExactSum(Py.Iterate(a[0]).Select(Py.ToDouble)));
        module.Function("hypot", "*coordinates", a => Math.Sqrt(a.Tuple(0).Items.Sum(c => Math.Pow(Py.ToDouble(c), 2))));
        module.Function("dist", "p, q, /", a => Math.Sqrt(Py.ToList(a[0]).Zip(Py.ToList(a[1])).Sum(p => Math.Pow(Py.ToDouble(p.First) - Py.ToDouble(p.Second), 2))));
        return module;
    }

    private static void DefineReal(PyModule module)
    {
        void Real(string name, Func<double, double> f) => module.Function(name, "x, /", a => Checked(Number(a, 0), f));
        Real("sin", Math.Sin);
        Real("cos", Math.Cos);
        Real("tan", Math.Tan);
        Real("asin", Math.Asin);
        Real("acos", Math.Acos);
        Real("atan", Math.Atan);
        Real("sinh", Math.Sinh);
        Real("cosh", Math.Cosh);
        Real("tanh", Math.Tanh);
        Real("asinh", Math.Asinh);
        Real("acosh", Math.Acosh);
        Real("atanh", x => Math.Abs(x) >= 1 ? double.NaN : Math.Atanh(x));
        Real("exp", Math.Exp);
        Real("exp2", x => Math.Pow(2, x));
        Real("expm1", x => Math.Abs(x) < 1e-5 ? x + x * x / 2 + x * x * x / 6 : Math.Exp(x) - 1);
        Real("sqrt", Math.Sqrt);
        Real("cbrt", Math.Cbrt);
        Real("fabs", Math.Abs);
        Real("degrees", x => x * (180 / Math.PI));
        Real("radians", x => x * (Math.PI / 180));
        Real("erf", SpecialFunctions.Erf);
        Real("erfc", x => 1 - SpecialFunctions.Erf(x));
        Real("gamma", SpecialFunctions.Gamma);
        Real("lgamma", SpecialFunctions.LogGamma);
        module.Function("log", "x, base=None, /", a => a.IsNone(1)
            ? Logarithm(a[0], Math.Log)
            : Py.Binary(BinaryOperator.Divide, Logarithm(a[0], Math.Log), Logarithm(a[1], Math.Log)));
        module.Function("log2", "x, /", a => Logarithm(a[0], Math.Log2));
        module.Function("log10", "x, /", a => Logarithm(a[0], Math.Log10));
        module.Function("log1p", "x, /", a =>
        {
            var x = Number(a, 0);
            if (x <= -1)
                throw PyErrors.ValueError("math domain error");
            return Math.Abs(x) < 1e-5 ? x - x * x / 2 + x * x * x / 3 : Math.Log(1 + x);
        });
        module.Function("pow", "x, y, /", a => Power(Number(a, 0), Number(a, 1)));
        module.Function("atan2", "y, x, /", a => Math.Atan2(Number(a, 0), Number(a, 1)));
        module.Function("copysign", "x, y, /", a => Math.CopySign(Number(a, 0), Number(a, 1)));
        module.Function("fmod", "x, y, /", a =>
        {
            if (Number(a, 1) == 0)
                throw PyErrors.ValueError("math domain error");
            return Number(a, 0) % Number(a, 1);
        });
        module.Function("ldexp", "x, i, /", a => Math.ScaleB(Number(a, 0), (int)Math.Clamp(a.Long(1), -5000, 5000)));
        module.Function("frexp", "x, /", a =>
        {
            var (mantissa, exponent) = PyHash.Split(Number(a, 0));
            return new PyTuple(mantissa, Py.Int(exponent));
        });
        module.Function("modf", "x, /", a =>
        {
            var x = Number(a, 0);
            return new PyTuple(double.IsInfinity(x) ? Math.CopySign(0, x) : Math.CopySign(x - Math.Truncate(x), x), Math.Truncate(x));
        });
        module.Function("isnan", "x, /", a => double.IsNaN(Number(a, 0)));
        module.Function("isinf", "x, /", a => double.IsInfinity(Number(a, 0)));
        module.Function("isfinite", "x, /", a => double.IsFinite(Number(a, 0)));
        module.Function("isclose", "a, b, *, rel_tol=1e-09, abs_tol=0.0", a =>
        {
            var (x, y) = (Number(a, 0), Number(a, 1));
            if (x == y)
                return true;
            if (double.IsInfinity(x) || double.IsInfinity(y))
                return false;
            return Math.Abs(x - y) <= Math.Max(a.Double(2) * Math.Max(Math.Abs(x), Math.Abs(y)), a.Double(3));
        });
    }

    private static double Number(NativeArguments a, int index) => Py.ToDouble(a[index]);

    private static double Checked(double x, Func<double, double> f)
    {
        var result = f(x);
        if (double.IsNaN(result) && !double.IsNaN(x))
            throw PyErrors.ValueError("math domain error");
        if (double.IsInfinity(result) && double.IsFinite(x))
            throw PyErrors.OverflowError("math range error");
        return result;
    }

    private static object Logarithm(object value, Func<double, double> log)
    {
        if (Py.Unbox(value) is BigInteger big && big.Sign > 0)
        {
            var shift = Math.Max(0, (int)big.GetBitLength() - 512);
            return log((double)(big >> shift)) + shift * log(2.0);
        }

        var x = Py.ToDouble(value);
        return x <= 0 ? throw PyErrors.ValueError("math domain error") : log(x);
    }

    private static double Power(double x, double y)
    {
        if ((x == 0 && y < 0) || (x < 0 && double.IsFinite(x) && double.IsFinite(y) && !double.IsInteger(y)))
            throw PyErrors.ValueError("math domain error");
        var result = Math.Pow(x, y);
        return double.IsInfinity(result) && double.IsFinite(x) && double.IsFinite(y)
            ? throw PyErrors.OverflowError("math range error")
            : result;
    }

    private static void DefineRounding(PyModule module)
    {
        void Rounded(string name, string special, Func<double, double> f) => module.Function(name, "x, /", a =>
        {
            if (Py.IsInt(a[0]))
                return Py.Int(NumberOperators.ToBig(Py.Unbox(a[0])));
            if (!Py.IsFloat(a[0]) && Py.TypeOf(a[0]).Lookup(special) is { } method)
                return Py.CallSpecial(method, a[0]);
            return NumberMethods.ToInt(f(Py.ToDouble(a[0])), PyNone.Value);
        });
        Rounded("floor", "__floor__", Math.Floor);
        Rounded("ceil", "__ceil__", Math.Ceiling);
        Rounded("trunc", "__trunc__", Math.Truncate);
    }

    private static void DefineIntegers(PyModule module)
    {
        static BigInteger Whole(object value) => Py.IsInt(value) ? NumberOperators.ToBig(Py.Unbox(value)) : Py.ToLong(value);
        module.Function("gcd", "*integers", a => Py.Int(a.Tuple(0).Items.Aggregate(BigInteger.Zero, (g, v) => BigInteger.GreatestCommonDivisor(g, Whole(v)))));
        module.Function("lcm", "*integers", a => Py.Int(a.Tuple(0).Items.Aggregate(BigInteger.One, (l, v) =>
            Whole(v).IsZero || l.IsZero ? BigInteger.Zero : BigInteger.Abs(l / BigInteger.GreatestCommonDivisor(l, Whole(v)) * Whole(v)))));
        module.Function("factorial", "x, /", a =>
        {
            var n = a.Long(0);
            if (n < 0)
                throw PyErrors.ValueError("factorial() not defined for negative values");
            if (n > 20000)
                throw PyErrors.New(PyErrors.MemoryErrorClass);
            var product = BigInteger.One;
            for (long i = 2; i <= n; i++)
                product *= i;
            RunState.Current.Steps(n);
            return Py.Int(product);
        });
        module.Function("comb", "n, k, /", a => Falling(a.Long(0), a.Long(1), "comb", divide: true));
        module.Function("perm", "n, k=None, /", a => Falling(a.Long(0), a.IsNone(1) ? a.Long(0) : a.Long(1), "perm", divide: false));
        module.Function("isqrt", "n, /", a =>
        {
            var n = Whole(a[0]);
            if (n.Sign < 0)
                throw PyErrors.ValueError("isqrt() argument must be nonnegative");
            if (n.IsZero)
                return Py.Int(0);
            var x = BigInteger.One << (int)((n.GetBitLength() + 1) / 2);
            while (true)
            {
                var y = (x + n / x) >> 1;
                if (y >= x)
                    return Py.Int(x);
                x = y;
            }
        });
    }

    private static object Falling(long n, long k, string name, bool divide)
    {
        if (n < 0 || k < 0)
            throw PyErrors.ValueError($"{(n < 0 ? "n" : "k")} must be a non-negative integer");
        if (k > n)
            return Py.Int(0);
        if (divide)
            k = Math.Min(k, n - k);
        if (k > 20000)
            throw PyErrors.New(PyErrors.MemoryErrorClass);
        RunState.Current.Steps(k);
        var result = BigInteger.One;
        for (long i = 0; i < k; i++)
            result = divide ? result * (n - i) / (i + 1) : result * (n - i);
        return Py.Int(result);
    }

    /// <summary>Shewchuk's exact summation.</summary>
    private static double ExactSum(IEnumerable<double> values)
    {
        var partials = new List<double>();
        foreach (var value in values)
        {
            var x = value;
            var kept = 0;
            for (var i = 0; i < partials.Count; i++)
            {
                var y = partials[i];
                if (Math.Abs(x) < Math.Abs(y))
                    (x, y) = (y, x);
                var high = x + y;
                var low = y - (high - x);
                if (low != 0)
                    partials[kept++] = low;
                x = high;
            }

            partials.RemoveRange(kept, partials.Count - kept);
            partials.Add(x);
        }

        var total = 0.0;
        for (var i = partials.Count - 1; i >= 0; i--)
            total += partials[i];
        return total;
    }
}

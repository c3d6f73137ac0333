using System.Globalization;
using System.Numerics;
using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of complex.</summary>
internal static class ComplexMethods
{
    public static void Define()
    {
        var cls = PyTypes.Complex;
        cls.New("cls, real=0, imag=None, /", a => Make(a[1], a[2]));
        Operator(cls, BinaryOperator.Add, (x, y) => x + y);
        Operator(cls, BinaryOperator.Subtract, (x, y) => x - y);
        Operator(cls, BinaryOperator.Multiply, Multiply);
        Operator(cls, BinaryOperator.Divide, Divide);
        Operator(cls, BinaryOperator.Power, Power);
        cls.Method("__eq__", (a, b) => TryValue(b, out var y) ? Py.Bool(Value(a) == y) : PyNotImplemented.Value)
            .Method("__hash__", self => Py.Int(unchecked(PyHash.Of(Value(self).Real) + 1000003 * PyHash.Of(Value(self).Imaginary))))
            .Method("__neg__", self => new PyComplex(-Value(self)))
            .Method("__pos__", self => self)
            .Method("__abs__", self => Complex.Abs(Value(self)))
            .Method("__bool__", self => Py.Bool(Value(self) != Complex.Zero))
            .Method("__complex__", self => self)
            .Method("conjugate", self => new PyComplex(Complex.Conjugate(Value(self))))
            .Method("__repr__", self => Text(Value(self)))
            .Method("__format__", (self, spec) => Format(Value(self), Py.Str(spec)))
            .Property("real", self => Value(self).Real).Property("imag", self => Value(self).Imaginary);
    }

    public static bool TryValue(object value, out Complex result)
    {
        if (value is PyComplex complex)
        {
            result = complex.Value;
            return true;
        }

        var plain = Py.Unbox(value);
        result = NumberOperators.IsNumber(plain) ? NumberOperators.ToDouble(plain) : 0;
        return NumberOperators.IsNumber(plain);
    }

    private static Complex Value(object self) => self is PyComplex complex
        ? complex.Value
        : throw PyErrors.TypeError($"descriptor requires a 'complex' object but received a '{Py.TypeName(self)}'");

    private static void Operator(PyClass cls, BinaryOperator op, Func<Complex, Complex, Complex> apply)
    {
        cls.Method(OperatorNames.Forward[(int)op], (a, b) =>
            TryValue(b, out var y) ? new PyComplex(apply(Value(a), y)) : PyNotImplemented.Value);
        cls.Method(OperatorNames.Reflected[(int)op], (a, b) =>
            TryValue(b, out var y) ? new PyComplex(apply(y, Value(a))) : PyNotImplemented.Value);
    }

    private static Complex Multiply(Complex x, Complex y) => new(
        x.Real * y.Real - x.Imaginary * y.Imaginary, x.Real * y.Imaginary + x.Imaginary * y.Real);

    /// <summary>Smith's algorithm, as CPython does it.</summary>
    private static Complex Divide(Complex a, Complex b)
    {
        if (b == Complex.Zero)
            throw PyErrors.ZeroDivisionError("complex division by zero");
        if (Math.Abs(b.Real) >= Math.Abs(b.Imaginary))
        {
            var ratio = b.Imaginary / b.Real;
            var denominator = b.Real + b.Imaginary * ratio;
            return new Complex((a.Real + a.Imaginary * ratio) / denominator, (a.Imaginary - a.Real * ratio) / denominator);
        }

        var inverse = b.Real / b.Imaginary;
        var bottom = b.Real * inverse + b.Imaginary;
        return new Complex((a.Real * inverse + a.Imaginary) / bottom, (a.Imaginary * inverse - a.Real) / bottom);
    }

    private static Complex Power(Complex x, Complex y)
    {
        if (y == Complex.Zero)
            return Complex.One;
        if (x == Complex.Zero)
        {
            return y.Imaginary != 0 || y.Real < 0
                ? throw PyErrors.ZeroDivisionError("0.0 to a negative or complex power")
                : Complex.Zero;
        }

        if (y.Imaginary == 0 && double.IsInteger(y.Real) && Math.Abs(y.Real) <= 100)
            return IntegerPower(x, (int)y.Real);
        var size = Math.Pow(Complex.Abs(x), y.Real);
        var angle = Math.Atan2(x.Imaginary, x.Real);
        var phase = angle * y.Real;
        if (y.Imaginary != 0)
        {
            size *= Math.Exp(-angle * y.Imaginary);
            phase += y.Imaginary * Math.Log(Complex.Abs(x));
        }

        return new Complex(size * Math.Cos(phase), size * Math.Sin(phase));
    }

    private static Complex IntegerPower(Complex x, int exponent)
    {
        var result = Complex.One;
        var factor = x;
        for (var rest = Math.Abs(exponent); rest > 0; rest >>= 1)
        {
            if ((rest & 1) != 0)
                result = Multiply(result, factor);
            factor = Multiply(factor, factor);
        }

        return exponent < 0 ? Divide(Complex.One, result) : result;
    }

    private static PyComplex Make(object real, object imaginary)
    {
        if (Py.TryText(real, out var text))
        {
            return imaginary is PyNone
                ? new PyComplex(Parse(text))
                : throw PyErrors.TypeError("complex() can't take second arg if first is a string");
        }

        if (real is PyInstance && Py.TypeOf(real).Lookup("__complex__") is { } convert && Py.CallSpecial(convert, real) is PyComplex made)
            real = made;
        var x = Component(real, "first");
        return imaginary is PyNone
            ? new PyComplex(x)
            : new PyComplex(x + Multiply(Component(imaginary, "second"), Complex.ImaginaryOne));
    }

    private static Complex Component(object value, string which)
    {
        if (TryValue(value, out var result))
            return result;
        return Py.TryDouble(value, out var number)
            ? number
            : throw PyErrors.TypeError(which == "first"
                ? $"complex() first argument must be a string or a number, not '{Py.TypeName(value)}'"
                : $"complex() second argument must be a number, not '{Py.TypeName(value)}'");
    }

    private static Complex Parse(string source)
    {
        PyException Malformed() => PyErrors.ValueError("complex() arg is a malformed string");
        double Number(string part) => part switch
        {
            "" or "+" => 1,
            "-" => -1,
            _ => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Malformed(),
        };
        var text = source.Trim();
        if (text.StartsWith('(') && text.EndsWith(')'))
            text = text[1..^1].Trim();
        if (text.Length == 0)
            throw Malformed();
        if (text[^1] is not ('j' or 'J'))
            return Number(text);
        text = text[..^1];
        var split = text.Length - 1;
        while (split > 0 && !(text[split] is '+' or '-' && text[split - 1] is not ('e' or 'E')))
            split--;
        return split <= 0 ? new Complex(0, Number(text)) : new Complex(Number(text[..split]), Number(text[split..]));
    }

    private static string Text(Complex value)
    {
        static string Part(double number)
        {
            var text = BuiltinRepr.OfDouble(number);
            return text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
        }

        var imaginary = Part(value.Imaginary) + "j";
        if (value.Real == 0 && !double.IsNegative(value.Real))
            return imaginary;
        var sign = imaginary[0] == '-' ? "" : "+";
        return $"({Part(value.Real)}{sign}{imaginary})";
    }

    private static string Format(Complex value, string spec)
    {
        if (spec.Length == 0)
            return Text(value);
        var real = Py.Format(value.Real, spec);
        return $"{real}{(double.IsNegative(value.Imaginary) ? "" : "+")}{Py.Format(value.Imaginary, spec)}j";
    }
}

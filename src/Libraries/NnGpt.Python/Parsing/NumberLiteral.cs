using System.Globalization;
using System.Numerics;
using NnGpt.Python.Lexing;
using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>The values of number literals.</summary>
internal static class NumberLiteral
{
    /// <summary>CPython refuses to convert longer decimal ints (quadratic time).</summary>
    private const int MaximumDigits = 4300;

    public static Expression Parse(Token token)
    {
        var text = token.Text.Replace("_", "", StringComparison.Ordinal);
        if (text[^1] is 'j' or 'J')
        {
            var imaginary = double.Parse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture);
            return new ConstantExpression(new PyComplex(new Complex(0, imaginary))) { Line = token.Line, Column = token.Column };
        }

        return new ConstantExpression(Value(text, token)) { Line = token.Line, Column = token.Column };
    }

    private static object Value(string text, Token token)
    {
        if (text.Length > 1 && text[0] == '0' && char.ToLowerInvariant(text[1]) is ('x' or 'o' or 'b') and var radix)
            return WithRadix(text.AsSpan(2), radix switch { 'x' => 16, 'o' => 8, _ => 2 });
        if (text.AsSpan().ContainsAny('.', 'e', 'E'))
            return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Py.Int(number);
        if (text.Length > MaximumDigits)
        {
            throw new LexicalErrorException(new PythonSyntaxError(
                "SyntaxError", $"Exceeds the limit ({MaximumDigits} digits) for integer string conversion", token.Line, token.Column));
        }

        return Py.Int(BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static object WithRadix(ReadOnlySpan<char> digits, int radix)
    {
        BigInteger value = 0;
        foreach (var digit in digits)
            value = value * radix + Convert.ToInt32(digit.ToString(), 16);
        return Py.Int(value);
    }
}

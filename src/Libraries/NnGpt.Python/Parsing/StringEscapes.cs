using System.Globalization;
using System.Text;
using NnGpt.Python.Lexing;

namespace NnGpt.Python.Parsing;

/// <summary>Backslash escapes of string literals.</summary>
internal static class StringEscapes
{
    public static string Decode(string body, Token literal)
    {
        if (!body.Contains('\\', StringComparison.Ordinal))
            return body;
        var result = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\' || i + 1 >= body.Length)
            {
                result.Append(body[i]);
                continue;
            }

            var c = body[++i];
            switch (c)
            {
                case '\n':
                    break;
                case '\\' or '\'' or '"':
                    result.Append(c);
                    break;
                case 'n':
                    result.Append('\n');
                    break;
                case 't':
                    result.Append('\t');
                    break;
                case 'r':
                    result.Append('\r');
                    break;
                case 'a':
                    result.Append('\a');
                    break;
                case 'b':
                    result.Append('\b');
                    break;
                case 'f':
                    result.Append('\f');
                    break;
                case 'v':
                    result.Append('\v');
                    break;
                case >= '0' and <= '7':
                    var value = 0;
                    var end = Math.Min(i + 3, body.Length);
                    for (; i < end && body[i] is >= '0' and <= '7'; i++)
                        value = value * 8 + (body[i] - '0');
                    i--;
                    result.Append((char)value);
                    break;
                case 'x':
                    i = Hexadecimal(body, i, 2, "\\xXX", result, literal);
                    break;
                case 'u':
                    i = Hexadecimal(body, i, 4, "\\uXXXX", result, literal);
                    break;
                case 'U':
                    i = Hexadecimal(body, i, 8, "\\UXXXXXXXX", result, literal);
                    break;
                case 'N':
                    throw Error(literal, "unknown Unicode character name");
                default:
                    result.Append('\\').Append(c);
                    break;
            }
        }

        return result.ToString();
    }

    private static int Hexadecimal(string body, int at, int digits, string form, StringBuilder result, Token literal)
    {
        if (at + digits > body.Length - 1
            || !uint.TryParse(body.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw Error(literal, $"truncated {form} escape");
        }

        if (code > 0x10ffff)
            throw Error(literal, "illegal Unicode character");
        if (code is >= 0xd800 and <= 0xdfff or <= 0xffff)
            result.Append((char)code);
        else
            result.Append(char.ConvertFromUtf32((int)code));
        return at + digits;
    }

    private static LexicalErrorException Error(Token literal, string message) => new(new PythonSyntaxError(
        "SyntaxError", $"(unicode error) 'unicodeescape' codec can't decode bytes: {message}", literal.Line, literal.Column));
}

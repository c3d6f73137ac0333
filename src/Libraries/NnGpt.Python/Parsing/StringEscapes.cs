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
                    i = Named(body, i, result, literal);
                    break;
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
            throw Error(literal, $"truncated {form} escape", body, at, TruncatedAt(body, at, digits));
        }

        if (code > 0x10ffff)
            throw Error(literal, "illegal Unicode character", body, at, at + digits);
        if (code is >= 0xd800 and <= 0xdfff or <= 0xffff)
            result.Append((char)code);
        else
            result.Append(char.ConvertFromUtf32((int)code));
        return at + digits;
    }

    private static int Named(string body, int at, StringBuilder result, Token literal)
    {
        var end = at + 1 < body.Length && body[at + 1] == '{' ? body.IndexOf('}', at) : -1;
        if (end < 0)
            throw Error(literal, "malformed \\N character escape", body, at, at);
        result.Append(CharacterNames.Find(body[(at + 2)..end]) ?? throw Error(literal, "unknown Unicode character name", body, at, end));
        return end;
    }

    /// <summary>The escapes of bytes literals; the result has a character a byte.</summary>
    public static string DecodeBytes(string body, Token literal)
    {
        if (!body.Contains('\\', StringComparison.Ordinal))
            return body;
        var kept = body.Replace("\\\\", "\0", StringComparison.Ordinal);
        foreach (var letter in (string[])["u", "U", "N"])
            kept = kept.Replace("\\" + letter, "\0" + letter, StringComparison.Ordinal);
        return Decode(kept.Replace("\0", "\\\\", StringComparison.Ordinal), literal);
    }

    /// <summary>The last character that a truncated escape takes in.</summary>
    private static int TruncatedAt(string body, int at, int digits)
    {
        var end = at;
        while (end < at + digits && end + 1 < body.Length && char.IsAsciiHexDigit(body[end + 1]))
            end++;
        return end;
    }

    private static LexicalErrorException Error(Token literal, string message, string body, int at, int last)
    {
        var first = Encoding.UTF8.GetByteCount(body.AsSpan(0, at - 1));
        var range = $"{first}-{first + last - at + 1}";
        return new LexicalErrorException(new PythonSyntaxError(
            "SyntaxError", $"(unicode error) 'unicodeescape' codec can't decode bytes in position {range}: {message}", literal.Line, literal.Column));
    }
}

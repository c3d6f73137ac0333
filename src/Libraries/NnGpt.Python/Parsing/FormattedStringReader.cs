using System.Text;
using NnGpt.Python.Lexing;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>Reads the body of an f-string: text, and <c>{expression!r:format}</c> fields with nested fields in the format.</summary>
internal sealed class FormattedStringReader(Parser parser, Token literal, string body, bool raw)
{
    private int _position;

    /// <summary>Appends parts; trailing text stays in <paramref name="text"/>, to be joined with the next literal.</summary>
    public void Read(List<FormattedPart> parts, StringBuilder text)
    {
        ReadUntil(parts, text, inFormat: false, nesting: 0);
    }

    private void ReadUntil(List<FormattedPart> parts, StringBuilder text, bool inFormat, int nesting)
    {
        var plain = new StringBuilder();
        while (_position < body.Length)
        {
            var c = body[_position];
            if (c == '{')
            {
                if (_position + 1 < body.Length && body[_position + 1] == '{' && !inFormat)
                {
                    plain.Append('{');
                    _position += 2;
                    continue;
                }

                Flush(plain, text);
                ReadField(parts, text, nesting);
                continue;
            }

            if (c == '}')
            {
                if (inFormat)
                    break;
                if (_position + 1 >= body.Length || body[_position + 1] != '}')
                    throw Error("f-string: single '}' is not allowed");
                plain.Append('}');
                _position += 2;
                continue;
            }

            if (c == '\\' && !raw && _position + 1 < body.Length)
            {
                plain.Append(c);
                c = body[++_position];
            }

            plain.Append(c);
            _position++;
        }

        Flush(plain, text);
    }

    private void Flush(StringBuilder plain, StringBuilder text)
    {
        text.Append(raw ? plain.ToString() : StringEscapes.Decode(plain.ToString(), literal));
        plain.Clear();
    }

    private void ReadField(List<FormattedPart> parts, StringBuilder text, int nesting)
    {
        if (nesting > 2)
            throw Error("f-string: expressions nested too deeply");
        var begin = ++_position;
        var end = FindFieldEnd(begin, out var isDebug);
        var source = body[begin..end];
        _position = end;
        if (_position >= body.Length)
            throw Error("f-string: expecting '}'");
        if (isDebug)
        {
            var equals = source.LastIndexOf('=');
            text.Append(source[..(equals + 1)]).Append(source[(equals + 1)..]);
            source = source[..equals];
        }

        var value = parser.ParseField(source, literal);
        var conversion = ReadConversion();
        FormattedString? format = null;
        if (_position < body.Length && body[_position] == ':')
        {
            _position++;
            var inner = new List<FormattedPart>();
            var rest = new StringBuilder();
            ReadUntil(inner, rest, inFormat: true, nesting + 1);
            if (rest.Length > 0)
                inner.Add(new FormattedPart(rest.ToString(), null, '\0', null));
            format = new FormattedString(inner);
        }

        if (_position >= body.Length || body[_position] != '}')
            throw Error("f-string: expecting '}'");
        _position++;
        if (isDebug && conversion == '\0' && format is null)
            conversion = 'r';
        if (text.Length > 0)
        {
            parts.Add(new FormattedPart(text.ToString(), null, '\0', null));
            text.Clear();
        }

        parts.Add(new FormattedPart("", value, conversion, format));
    }

    private char ReadConversion()
    {
        if (body[_position] != '!')
            return '\0';
        _position++;
        if (_position >= body.Length || body[_position] is not ('r' or 's' or 'a'))
            throw Error("f-string: invalid conversion character: expected 's', 'r', or 'a'");
        return body[_position++];
    }

    /// <summary>The end of the expression: a top-level <c>!r</c>, <c>:</c> or <c>}</c>.</summary>
    private int FindFieldEnd(int begin, out bool isDebug)
    {
        isDebug = false;
        var depth = 0;
        for (var i = begin; i < body.Length; i++)
        {
            switch (body[i])
            {
                case '"' or '\'':
                    var formatted = i > begin && body[i - 1] is 'f' or 'F';
                    var end = StringScanner.FindEnd(body, i, formatted, out _);
                    if (end < 0)
                        throw Error("f-string: unterminated string");
                    i = end - 1;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']':
                    depth--;
                    break;
                case '}':
                    if (depth == 0)
                        return i;
                    depth--;
                    break;
                case '!' when depth == 0 && (i + 1 >= body.Length || body[i + 1] != '='):
                case ':' when depth == 0:
                    return i;
                case '=' when depth == 0:
                    isDebug = IsDebugEquals(begin, i);
                    break;
            }
        }

        return body.Length;
    }

    private bool IsDebugEquals(int begin, int at)
    {
        if (at > begin && body[at - 1] is '=' or '!' or '<' or '>' or ':')
            return false;
        var next = at + 1;
        while (next < body.Length && body[next] == ' ')
            next++;
        return next < body.Length && body[next] is '}' or ':' or '!' && (body[next] != '!' || body[Math.Min(next + 1, body.Length - 1)] != '=');
    }

    private LexicalErrorException Error(string message) =>
        new(new PythonSyntaxError("SyntaxError", message, literal.Line, literal.Column));
}

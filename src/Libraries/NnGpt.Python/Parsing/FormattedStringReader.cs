using System.Text;
using NnGpt.Python.Lexing;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>Reads the body of an f-string: text, and <c>{expression!r:format}</c> fields with nested fields in the format.</summary>
internal sealed class FormattedStringReader(Parser parser, Token literal, string body, int bodyAt, bool raw)
{
    private const int MaximumNesting = 2;
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

            if (c == '\\' && !raw && _position + 1 < body.Length && body[_position + 1] is not ('{' or '}'))
            {
                var named = body[_position + 1] == 'N' && _position + 2 < body.Length && body[_position + 2] == '{';
                var end = named ? body.IndexOf('}', _position) : _position + 1;
                end = end < 0 ? body.Length - 1 : end;
                plain.Append(body, _position, end + 1 - _position);
                _position = end + 1;
                continue;
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
        if (nesting > MaximumNesting)
            throw Error("f-string: expressions nested too deeply");
        var begin = ++_position;
        var end = StringScanner.ExpressionEnd(body, begin, 0, out var equals);
        if (end < 0)
            throw Error("f-string: expecting '}'");
        _position = end;
        var source = body[begin..end];
        if (equals >= 0)
        {
            text.Append(source);
            source = body[begin..equals];
        }

        var value = parser.ParseField(source, literal, bodyAt + begin, equals >= 0 ? '=' : body[end]);
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
        if (equals >= 0 && conversion == '\0' && format is null)
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
        var start = ++_position;
        while (_position < body.Length && body[_position] is not (':' or '}'))
            _position++;
        var name = body[start.._position];
        return name is "r" or "s" or "a"
            ? name[0]
            : throw Error(name.AsSpan().Trim().IsEmpty
                ? "f-string: missed conversion character"
                : $"f-string: invalid conversion character '{name}': expected 's', 'r', or 'a'");
    }

    private LexicalErrorException Error(string message) =>
        new(new PythonSyntaxError("SyntaxError", message, literal.Line, literal.Column));
}

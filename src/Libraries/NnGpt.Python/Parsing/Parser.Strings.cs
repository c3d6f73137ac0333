using System.Text;
using NnGpt.Python.Lexing;
using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>String literals: joining, escapes, f-strings.</summary>
internal sealed partial class Parser
{
    private Expression ParseStrings()
    {
        var first = Current;
        var parts = new List<FormattedPart>();
        var text = new StringBuilder();
        var bytes = 0;
        var count = 0;
        while (AtKind(TokenKind.String))
        {
            var token = Advance();
            count++;
            var quoteAt = token.Text.AsSpan().IndexOfAny('"', '\'');
            var prefix = token.Text.AsSpan(0, quoteAt);
            var quotes = token.Text.Length >= quoteAt + 6 && token.Text[quoteAt + 1] == token.Text[quoteAt]
                         && token.Text[quoteAt + 2] == token.Text[quoteAt] ? 3 : 1;
            var body = token.Text[(quoteAt + quotes)..^quotes];
            if (body.Contains('\r', StringComparison.Ordinal))
                body = body.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            var raw = prefix.ContainsAny('r', 'R');
            if (prefix.ContainsAny('b', 'B'))
            {
                bytes++;
                if (!Ascii.IsValid(body))
                    throw ErrorAt(token, "bytes can only contain ASCII literal characters");
                text.Append(raw ? body : StringEscapes.DecodeBytes(body, token));
            }
            else if (prefix.ContainsAny('f', 'F'))
            {
                new FormattedStringReader(this, token, body, quoteAt + quotes, raw).Read(parts, text);
            }
            else
            {
                text.Append(raw ? body : StringEscapes.Decode(body, token));
            }
        }

        if (bytes > 0 && bytes < count)
            throw ErrorAt(first, "cannot mix bytes and nonbytes literals");
        if (bytes > 0)
            return new ConstantExpression(new PyBytes(Encoding.Latin1.GetBytes(text.ToString()))) { Line = first.Line, Column = first.Column };
        if (parts.Count == 0)
            return new ConstantExpression(text.ToString()) { Line = first.Line, Column = first.Column };
        if (text.Length > 0)
            parts.Add(new FormattedPart(text.ToString(), null, '\0', null));
        return new FormattedString(parts) { Line = first.Line, Column = first.Column };
    }

    /// <summary>Parses the expression of a replacement field.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="literal">The literal it is in.</param>
    /// <param name="at">Where it begins in the literal's text.</param>
    /// <param name="end">The character after it.</param>
    internal Expression ParseField(string source, Token literal, int at, char end)
    {
        if (source.AsSpan().Trim().IsEmpty)
            throw ErrorAt(literal, end == '}' ? "f-string: empty expression not allowed" : $"f-string: expression required before '{end}'");
        var before = literal.Text.AsSpan(0, Math.Min(at, literal.Text.Length));
        var lines = before.Count('\n');
        var column = lines == 0 ? literal.Column + at - 1 : at - before.LastIndexOf('\n') - 1;
        var stream = PythonLexer.Tokenize("(" + source + "\n)");
        if (stream.Error is { } lexical)
            throw new LexicalErrorException(lexical with { Message = "f-string: " + lexical.Message, Line = lexical.Line + literal.Line - 1 + lines });
        var inner = new Parser(stream, literal.Line - 1 + lines, column - 1) { _depth = _depth };
        if (_classNames.Count > 0)
            inner._classNames.Push(_classNames.Peek());
        try
        {
            inner.Enter();
            inner.Advance();
            var value = inner.At("yield") ? inner.ParseYield() : inner.ParseStarExpressions();
            if (inner.At(":="))
                throw inner.Invalid("f-string: invalid syntax", false);
            if (!inner.Accept(")"))
                throw inner.ForgottenComma(value);
            return inner.AtKind(TokenKind.NewLine) || inner.AtKind(TokenKind.End) ? value : throw inner.Invalid("f-string: invalid syntax", false);
        }
        catch (LexicalErrorException exception) when (!exception.Error.Message.StartsWith("f-string", StringComparison.Ordinal))
        {
            throw new LexicalErrorException(exception.Error with { Message = "f-string: " + exception.Error.Message });
        }
    }
}

using System.Text;
using NnGpt.Python.Lexing;
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
            var prefix = token.Text[..quoteAt].ToLowerInvariant();
            var quotes = token.Text.Length >= quoteAt + 6 && token.Text[quoteAt + 1] == token.Text[quoteAt]
                         && token.Text[quoteAt + 2] == token.Text[quoteAt] ? 3 : 1;
            var body = token.Text[(quoteAt + quotes)..^quotes].Replace("\r\n", "\n", StringComparison.Ordinal);
            var raw = prefix.Contains('r', StringComparison.Ordinal);
            if (prefix.Contains('b', StringComparison.Ordinal))
                bytes++;
            if (prefix.Contains('f', StringComparison.Ordinal))
                new FormattedStringReader(this, token, body, raw).Read(parts, text);
            else
                text.Append(raw ? body : StringEscapes.Decode(body, token));
        }

        if (bytes > 0)
        {
            return bytes < count
                ? throw ErrorAt(first, "cannot mix bytes and nonbytes literals")
                : new UnsupportedExpression("bytes are not supported") { Line = first.Line, Column = first.Column };
        }

        var line = first.Line + _lineOffset;
        if (parts.Count == 0)
            return new ConstantExpression(text.ToString()) { Line = line, Column = first.Column };
        if (text.Length > 0)
            parts.Add(new FormattedPart(text.ToString(), null, '\0', null));
        return new FormattedString(parts) { Line = line, Column = first.Column };
    }

    /// <summary>Parses the expression of a replacement field.</summary>
    internal Expression ParseField(string source, Token literal)
    {
        if (source.AsSpan().Trim().IsEmpty)
            throw ErrorAt(literal, "f-string: empty expression not allowed");
        var stream = PythonLexer.Tokenize("(" + source + ")");
        if (stream.Error is { } lexical)
            throw ErrorAt(literal, "f-string: " + lexical.Message);
        var inner = new Parser(stream) { _lineOffset = literal.Line + _lineOffset - 1, _columnOffset = 0, _depth = _depth };
        if (_classNames.Count > 0)
            inner._classNames.Push(_classNames.Peek());
        try
        {
            inner.Enter();
            inner.Advance();
            var value = inner.At("yield") ? inner.ParseYield() : inner.ParseStarExpressions();
            if (inner.At(":="))
                throw ErrorAt(literal, "f-string: invalid syntax");
            inner.Expect(")");
            if (!inner.AtKind(TokenKind.NewLine) && !inner.AtKind(TokenKind.End))
                throw ErrorAt(literal, "f-string: invalid syntax");
            return value;
        }
        catch (LexicalErrorException exception) when (!exception.Error.Message.StartsWith("f-string", StringComparison.Ordinal))
        {
            throw ErrorAt(literal, "f-string: " + exception.Error.Message);
        }
    }
}

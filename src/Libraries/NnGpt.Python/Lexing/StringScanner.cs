namespace NnGpt.Python.Lexing;

/// <summary>Finds where string literals end, the replacement fields of f-strings included (PEP 701: fields nest freely).</summary>
internal static class StringScanner
{
    private const int MaximumNesting = 100;

    /// <summary>The position after the closing quote of the literal whose opening quote is at <paramref name="quoteAt"/>; -1 when there is none.</summary>
    public static int FindEnd(string source, int quoteAt, bool isFormatted, out bool triple, int nesting = 0)
    {
        var quote = source[quoteAt];
        triple = IsTriple(source, quoteAt);
        var i = quoteAt + (triple ? 3 : 1);
        while (i < source.Length)
        {
            var c = source[i];
            if (c == '\\')
            {
                i = SkipEscape(source, i, isFormatted);
                continue;
            }

            if (c is '\n' or '\r' && !triple)
                return -1;
            if (c == quote && (!triple || IsTriple(source, i)))
                return i + (triple ? 3 : 1);
            if (!isFormatted || c != '{')
            {
                i++;
                continue;
            }

            i = i + 1 < source.Length && source[i + 1] == '{' ? i + 2 : FieldEnd(source, i + 1, triple, nesting + 1);
            if (i < 0)
                return -1;
        }

        return -1;
    }

    /// <summary>
    /// The position of what ends the expression of a replacement field: <c>}</c>, the <c>:</c> before a format or the
    /// <c>!</c> before a conversion; -1 when the source ends first. <paramref name="equals"/> is the position of a
    /// trailing <c>=</c> (<c>{x=}</c>), or -1.
    /// </summary>
    public static int ExpressionEnd(string source, int start, int nesting, out int equals)
    {
        equals = -1;
        var depth = 0;
        for (var i = start; i < source.Length; i++)
        {
            var c = source[i];
            if (!char.IsWhiteSpace(c) && c is not ('}' or ':' or '!'))
                equals = -1;
            switch (c)
            {
                case '#':
                    while (i + 1 < source.Length && source[i + 1] is not ('\n' or '\r'))
                        i++;
                    break;
                case '"' or '\'':
                    i = nesting > MaximumNesting ? -1 : FindEnd(source, i, HasFormatPrefix(source, start, i), out _, nesting + 1);
                    if (i < 0)
                        return -1;
                    i--;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case '}' when depth == 0:
                    return i;
                case ')' or ']' or '}':
                    depth--;
                    break;
                case '!' when depth == 0 && (i + 1 >= source.Length || source[i + 1] != '='):
                case ':' when depth == 0:
                    return i;
                case '=' when depth == 0 && i > start && source[i - 1] is not ('=' or '!' or '<' or '>')
                    && (i + 1 >= source.Length || source[i + 1] != '='):
                    equals = i;
                    break;
                case '!':
                    i++;
                    break;
            }
        }

        return -1;
    }

    private static bool IsTriple(string source, int at) =>
        at + 2 < source.Length && source[at + 1] == source[at] && source[at + 2] == source[at];

    private static int SkipEscape(string source, int at, bool isFormatted)
    {
        if (at + 2 < source.Length && source[at + 1] == '\r' && source[at + 2] == '\n')
            return at + 3;
        if (isFormatted && at + 1 < source.Length && source[at + 1] is '{' or '}')
            return at + 1;
        if (isFormatted && at + 2 < source.Length && source[at + 1] == 'N' && source[at + 2] == '{'
            && source.IndexOf('}', at) is > 0 and var closing)
        {
            return closing + 1;
        }

        return at + 2;
    }

    /// <summary>The position after a replacement field's closing brace; -1 when it does not close.</summary>
    private static int FieldEnd(string source, int start, bool triple, int nesting)
    {
        if (nesting > MaximumNesting)
            return -1;
        var i = ExpressionEnd(source, start, nesting, out _);
        while (i >= 0 && i < source.Length && source[i] == '!')
            i = source.AsSpan(i + 1).IndexOfAny(':', '}') is >= 0 and var next ? i + 1 + next : -1;
        if (i < 0 || i >= source.Length)
            return -1;
        if (source[i] == '}')
            return i + 1;
        for (i++; i < source.Length; i++)
        {
            switch (source[i])
            {
                case '}':
                    return i + 1;
                case '{':
                    i = FieldEnd(source, i + 1, triple, nesting + 1) - 1;
                    if (i < 0)
                        return -1;
                    break;
                case '\n' or '\r' when !triple:
                    return -1;
            }
        }

        return -1;
    }

    /// <summary>Whether the letters before a quote are the prefix of an f-string.</summary>
    private static bool HasFormatPrefix(string source, int start, int quoteAt)
    {
        var i = quoteAt;
        while (i > start && quoteAt - i < 3 && char.IsAsciiLetter(source[i - 1]))
            i--;
        return quoteAt - i is 1 or 2 && source.AsSpan(i, quoteAt - i).ContainsAny('f', 'F')
            && (i == start || !(char.IsLetterOrDigit(source[i - 1]) || source[i - 1] == '_'));
    }
}

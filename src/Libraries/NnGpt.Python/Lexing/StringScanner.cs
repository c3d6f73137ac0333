namespace NnGpt.Python.Lexing;

/// <summary>Finds where string literals end, replacement fields of f-strings included.</summary>
internal static class StringScanner
{
    private const int MaximumNesting = 20;

    /// <summary>The position after the closing quote of the literal whose opening quote is at <paramref name="quoteAt"/>; -1 when there is none.</summary>
    public static int FindEnd(string source, int quoteAt, bool isFormatted, out bool triple, int nesting = 0)
    {
        var quote = source[quoteAt];
        triple = quoteAt + 2 < source.Length && source[quoteAt + 1] == quote && source[quoteAt + 2] == quote;
        var i = quoteAt + (triple ? 3 : 1);
        while (i < source.Length)
        {
            var c = source[i];
            if (c == '\\')
            {
                i += i + 2 < source.Length && source[i + 1] == '\r' && source[i + 2] == '\n' ? 3 : 2;
                continue;
            }

            if (c is '\n' or '\r' && !triple)
                return -1;
            if (c == quote && (!triple || (i + 2 < source.Length && source[i + 1] == quote && source[i + 2] == quote)))
                return i + (triple ? 3 : 1);
            if (isFormatted && c == '{')
            {
                if (i + 1 < source.Length && source[i + 1] == '{')
                {
                    i += 2;
                    continue;
                }

                var after = SkipField(source, i + 1, quote, triple, nesting);
                if (after > 0)
                {
                    i = after;
                    continue;
                }
            }

            i++;
        }

        return -1;
    }

    /// <summary>
    /// The position after a replacement field's closing brace; -1 when the field does not close before the literal must end
    /// (then the quote ends the literal and the parser reports the field).
    /// </summary>
    private static int SkipField(string source, int start, char quote, bool triple, int nesting)
    {
        if (nesting > MaximumNesting)
            return -1;
        var depth = 1;
        for (var i = start; i < source.Length; i++)
        {
            switch (source[i])
            {
                case '{' or '(' or '[':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    if (--depth == 0)
                        return i + 1;
                    break;
                case '\n' or '\r' when !triple:
                    return -1;
                case '"' or '\'':
                    var formatted = i > start && source[i - 1] is 'f' or 'F';
                    var end = FindEnd(source, i, formatted, out _, nesting + 1);
                    if (end < 0 || (source[i] == quote && !ClosesLater(source, end, depth, triple)))
                        return -1;
                    i = end - 1;
                    break;
            }
        }

        return -1;
    }

    /// <summary>Whether the field's braces close on this line (or at all, in a triple-quoted literal).</summary>
    private static bool ClosesLater(string source, int start, int depth, bool triple)
    {
        for (var i = start; i < source.Length; i++)
        {
            if (source[i] is '\n' or '\r' && !triple)
                return false;
            if (source[i] == '}' && --depth <= 0)
                return true;
        }

        return depth <= 0;
    }
}

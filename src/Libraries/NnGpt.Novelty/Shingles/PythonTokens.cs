namespace NnGpt.Novelty.Shingles;

/// <summary>
/// The tokens of Python source that carry meaning for similarity: keywords, identifiers, literals, operators and
/// delimiters, in order; comments, line ends and indentation are dropped. Total: text that is no Python still gives
/// tokens (an unterminated string ends with its line, an unknown character is a token of its own), so that signatures
/// exist for every text and never depend on what the candidate language supports. Equal to Python's own
/// <c>tokenize</c> on valid source.
/// </summary>
public static class PythonTokens
{
    // Longest first within each first character.
    private static readonly string[] s_operators =
    [
        "**=", "//=", ">>=", "<<=", "...",
        "!=", "->", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "==", "<=", ">=", "<<", ">>", "**", "//", "<>",
    ];

    /// <summary>The tokens as they are written.</summary>
    public static List<string> Read(string source)
    {
        var tokens = new List<string>();
        int i = 0;
        while (i < source.Length)
        {
            char c = source[i];
            if (char.IsWhiteSpace(c) || (c == '\\' && i + 1 < source.Length && source[i + 1] is '\n' or '\r'))
            {
                i++;
                continue;
            }
            if (c == '#')
            {
                while (i < source.Length && source[i] is not ('\n' or '\r'))
                    i++;
                continue;
            }
            int end = End(source, i);
            tokens.Add(source[i..end]);
            i = end;
        }
        return tokens;
    }

    private static int End(string source, int start)
    {
        char c = source[start];
        if (IsQuote(c))
            return EndOfString(source, start);
        if (char.IsAsciiDigit(c) || (c == '.' && start + 1 < source.Length && char.IsAsciiDigit(source[start + 1])))
            return EndOfNumber(source, start);
        if (IsNamePart(c))
        {
            int end = start + 1;
            while (end < source.Length && IsNamePart(source[end]))
                end++;
            bool prefix = end < source.Length && IsQuote(source[end]) && IsStringPrefix(source.AsSpan(start, end - start));
            return prefix ? EndOfString(source, end) : end;
        }
        foreach (string op in s_operators)
        {
            if (string.CompareOrdinal(source, start, op, 0, op.Length) == 0)
                return start + op.Length;
        }
        return start + 1;
    }

    private static bool IsQuote(char c) => c is '\'' or '"';

    private static bool IsNamePart(char c) => c == '_' || char.IsLetterOrDigit(c);

    // r, b, u, f, br, rb, fr, rf in any case
    private static bool IsStringPrefix(ReadOnlySpan<char> text) =>
        text.Length <= 2 && text.IndexOfAnyExcept("rRbBuUfF") < 0;

    private static int EndOfString(string source, int start)
    {
        char quote = source[start];
        bool triple = start + 2 < source.Length && source[start + 1] == quote && source[start + 2] == quote;
        int i = start + (triple ? 3 : 1);
        for (; i < source.Length; i++)
        {
            if (source[i] == '\\')
                i++;
            else if (!triple && source[i] is '\n' or '\r')
                return i;
            else if (source[i] == quote && (!triple || (i + 2 < source.Length && source[i + 1] == quote && source[i + 2] == quote)))
                return i + (triple ? 3 : 1);
        }
        return source.Length;
    }

    // 1_000, 0x1F, 1e-5, 1.5E+3, 2j
    private static int EndOfNumber(string source, int start)
    {
        bool radix = source[start] == '0' && start + 1 < source.Length && source[start + 1] is 'x' or 'X' or 'b' or 'B' or 'o' or 'O';
        int i = start + 1;
        while (i < source.Length)
        {
            char c = source[i];
            bool exponentSign = !radix && c is '+' or '-' && source[i - 1] is 'e' or 'E' && char.IsAsciiDigit(source[start] == '.' ? '0' : source[start]);
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.') && !exponentSign)
                break;
            i++;
        }
        return i;
    }
}

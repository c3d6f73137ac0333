using System.Runtime.CompilerServices;

namespace NnGpt.Novelty.Shingles;

internal ref partial struct PythonTokenScanner
{
    /// <summary>Length of r, b, u, f, br, rb, fr, rf in any case before a quote; 0 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int StringPrefixLength(ReadOnlySpan<char> source, int start)
    {
        int first = source[start] | 0x20;
        if (first is not ('b' or 'f' or 'r' or 'u') || (uint)(start + 1) >= (uint)source.Length)
            return 0;
        char second = source[start + 1];
        if (second is '\'' or '"')
            return 1;
        if ((uint)(start + 2) >= (uint)source.Length || source[start + 2] is not ('\'' or '"') || !char.IsAscii(second))
            return 0;
        int lower = second | 0x20;
        return (first == 'r' && lower is 'b' or 'f') || (first is 'b' or 'f' && lower == 'r') ? 2 : 0;
    }

    /// <summary>After the closing quote of a string whose first quote is at <paramref name="quoteAt"/>; -1 when a line or the source ends within it.</summary>
    public static int EndOfString(ReadOnlySpan<char> source, int quoteAt)
    {
        char quote = source[quoteAt];
        bool triple = IsTriple(source, quoteAt);
        int body = quoteAt + (triple ? 3 : 1);
        return EndOfString(source, body, triple ? source.Length : EndOfLine(source, body), quote, triple);
    }

    /// <summary>
    /// Reads a string whose quote is at <paramref name="quoteAt"/> and whose token begins at Start. False when no string
    /// begins here. <paramref name="emitted"/> is false when the source ended within it: tokenize raises, and nothing more comes.
    /// </summary>
    private bool TryString(int quoteAt, out bool emitted)
    {
        char quote = _source[quoteAt];
        bool triple = IsTriple(_source, quoteAt);
        int body = quoteAt + (triple ? 3 : 1);
        int lineEnd = EndOfLine(_source, body);
        int end = EndOfString(_source, body, lineEnd, quote, triple);
        emitted = true;
        if (end > 0)
            return Emit(PythonTokenKind.String, end);
        if (!triple)
        {
            if (!ContinuesOnNextLine(body, lineEnd, quote))
                return false;
            _needsBackslash = true;
        }
        while (lineEnd + 1 < _source.Length)
        {
            int lineStart = lineEnd + 1;
            lineEnd = EndOfLine(_source, lineStart);
            end = EndOfString(_source, lineStart, lineEnd, quote, triple);
            if (end > 0)
            {
                _needsBackslash = false;
                return Emit(PythonTokenKind.String, end);
            }
            if (_needsBackslash && !(lineEnd < _source.Length && lineEnd > lineStart && _source[lineEnd - 1] == '\\'))
            {
                _inLine = false;
                return Emit(PythonTokenKind.Error, Math.Min(_source.Length, lineEnd + 1));
            }
        }
        emitted = false;
        Finish();
        return true;
    }

    private static bool IsTriple(ReadOnlySpan<char> source, int quoteAt) =>
        quoteAt + 2 < source.Length && source[quoteAt + 1] == source[quoteAt] && source[quoteAt + 2] == source[quoteAt];

    // After the closing quotes; -1 when they are not before `lineEnd`.
    private static int EndOfString(ReadOnlySpan<char> source, int start, int lineEnd, char quote, bool triple)
    {
        int i = start;
        while (true)
        {
            int next = source[i..lineEnd].IndexOfAny(quote, '\\');
            if (next < 0)
                return -1;
            i += next;
            if (source[i] == '\\')
            {
                if (i + 1 >= lineEnd)
                    return -1;
                i += 2;
            }
            else if (!triple)
            {
                return i + 1;
            }
            else if (i + 2 < lineEnd && source[i + 1] == quote && source[i + 2] == quote)
            {
                return i + 3;
            }
            else
            {
                i++;
            }
        }
    }

    // A single-quoted string whose line ends in a backslash that nothing escapes.
    private readonly bool ContinuesOnNextLine(int body, int lineEnd, char quote)
    {
        int i = body;
        while (i < lineEnd && _source[i] != quote)
        {
            if (_source[i] == '\\' && i + 1 == lineEnd)
                return lineEnd < _source.Length;
            i += _source[i] == '\\' ? 2 : 1;
        }
        return false;
    }

    /// <summary>After a number. The alternatives in tokenize's order: imaginary, float, then 0x, 0b, 0o, decimal; the first that fits is taken.</summary>
    public static int EndOfNumber(ReadOnlySpan<char> source, int start)
    {
        int digits = EndOfDigits(source, start, char.IsAsciiDigit);
        int end = digits;
        bool real = false;
        if (end < source.Length && source[end] == '.')
        {
            real = true;
            end = EndOfDigits(source, end + 1, char.IsAsciiDigit);
        }
        if (end < source.Length && source[end] is 'e' or 'E' && end > start)
        {
            int exponent = end + 1;
            if (exponent < source.Length && source[exponent] is '+' or '-')
                exponent++;
            if (exponent < source.Length && char.IsAsciiDigit(source[exponent]))
            {
                real = true;
                end = EndOfDigits(source, exponent, char.IsAsciiDigit);
            }
        }
        if (end < source.Length && source[end] is 'j' or 'J')
            return end + 1;
        if (real || source[start] != '0')
            return end;
        if (start + 1 < source.Length)
        {
            int radix = (source[start + 1] | 0x20) switch
            {
                'x' => EndOfRadix(source, start + 2, char.IsAsciiHexDigit),
                'b' => EndOfRadix(source, start + 2, c => c is '0' or '1'),
                'o' => EndOfRadix(source, start + 2, c => c is >= '0' and <= '7'),
                _ => -1,
            };
            if (radix > 0)
                return radix;
        }
        return EndOfDigits(source, start, c => c == '0');
    }

    // d(_?d)*, or nothing
    private static int EndOfDigits(ReadOnlySpan<char> source, int start, Func<char, bool> isDigit)
    {
        int i = start;
        if (i >= source.Length || !isDigit(source[i]))
            return i;
        i++;
        while (i < source.Length)
        {
            if (isDigit(source[i]))
                i++;
            else if (source[i] == '_' && i + 1 < source.Length && isDigit(source[i + 1]))
                i += 2;
            else
                break;
        }
        return i;
    }

    // (_?d)+
    private static int EndOfRadix(ReadOnlySpan<char> source, int start, Func<char, bool> isDigit)
    {
        int first = start < source.Length && source[start] == '_' ? start + 1 : start;
        int end = EndOfDigits(source, first, isDigit);
        return end > first ? end : -1;
    }
}

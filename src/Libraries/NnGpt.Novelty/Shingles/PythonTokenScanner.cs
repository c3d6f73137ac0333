using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace NnGpt.Novelty.Shingles;

/// <summary>
/// Tokens of Python source as CPython 3.11's <c>tokenize.generate_tokens</c> gives them, without comments and layout (COMMENT,
/// NL, NEWLINE, INDENT, DEDENT, ENDMARKER). Text that is no Python gives the tokens that tokenize yields before it raises:
/// a character that begins no token is a token of its own, and reading ends at an unterminated triple-quoted string or at a
/// dedent to no known column. Allocates nothing but the stack of columns.
/// </summary>
/// <param name="source">Line ends are \n alone (<see cref="NormalizeLineEnds"/>).</param>
internal ref partial struct PythonTokenScanner(ReadOnlySpan<char> source)
{
    private const int TabSize = 8;
    private readonly ReadOnlySpan<char> _source = source;
    private int[] _columns = new int[16];
    private int _indents;
    private int _position;
    private int _depth;
    private bool _inLine;
    private bool _continued;

    // tokenize forgets to clear this after a broken continued string; what it yields then depends on it.
    private bool _needsBackslash;

    /// <summary>First character of the token.</summary>
    public int Start { get; private set; }

    /// <summary>After its last.</summary>
    public int End { readonly get => _position; private set => _position = value; }

    public PythonTokenKind Kind { get; private set; }

    /// <summary>The source with universal newlines and without a byte order mark, as Python reads text files.</summary>
    public static ReadOnlySpan<char> NormalizeLineEnds(ReadOnlySpan<char> source)
    {
        if (source.StartsWith('\ufeff'))
            source = source[1..];
        return source.Contains('\r') ? source.ToString().Replace("\r\n", "\n").Replace('\r', '\n') : source;
    }

    /// <summary>Advances to the next token; false at the end of the source or at the error that ends it.</summary>
    public bool MoveNext()
    {
        var source = _source;
        var classes = CharacterClasses.Table;
        while (true)
        {
            if (!_inLine && !BeginLine())
                return false;
            int blank = _position;
            int i = blank;
            if ((uint)i < (uint)source.Length && source[i] == ' ')
                i++;
            while ((uint)i < (uint)source.Length && classes[source[i]] == CharacterClass.Blank)
                i++;
            if ((uint)i >= (uint)source.Length)
                return Finish();
            Start = i;
            switch (classes[source[i]])
            {
                case CharacterClass.Letter:
                    if (StringPrefixLength(source, i) is > 0 and var prefix && TryString(i + prefix, out bool emitted))
                    {
                        if (emitted)
                            return true;
                        continue;
                    }
                    int end = i + NameLength(ref MemoryMarshal.GetReference(source[i..]), source.Length - i);
                    while ((uint)end < (uint)source.Length && classes[source[end]] <= CharacterClass.Digit)
                        end++;
                    return (uint)end < (uint)source.Length && classes[source[end]] == CharacterClass.Surrogate
                        ? Name(end)
                        : Emit(PythonTokenKind.Name, end);
                case CharacterClass.Single:
                    return Emit(PythonTokenKind.Operator, i + 1);
                case CharacterClass.Open:
                    _depth++;
                    return Emit(PythonTokenKind.Operator, i + 1);
                case CharacterClass.Close:
                    _depth--;
                    return Emit(PythonTokenKind.Operator, i + 1);
                case CharacterClass.Operator:
                    return Operator(i);
                case CharacterClass.Digit:
                    return Emit(PythonTokenKind.Number, EndOfNumber(_source, i));
                case CharacterClass.LineEnd:
                    _position = i + 1;
                    _inLine = false;
                    continue;
                case CharacterClass.Comment:
                    _position = EndOfLine(source, i);
                    continue;
                case CharacterClass.Quote:
                    if (TryString(i, out emitted))
                    {
                        if (emitted)
                            return true;
                        continue;
                    }
                    return Error(blank);
                case CharacterClass.Backslash when i + 1 < source.Length && source[i + 1] == '\n':
                    _position = i + 2;
                    (_inLine, _continued) = (false, true);
                    continue;
                case CharacterClass.Surrogate when IsWordPair(i):
                    return Name(i);
                default:
                    return Error(blank);
            }
        }
    }

    // Indentation counts only where a statement begins.
    private bool BeginLine()
    {
        if (_position >= _source.Length)
            return false;
        _inLine = true;
        if (_depth != 0 || _continued)
        {
            _continued = false;
            return true;
        }
        while (true)
        {
            int column = 0;
            for (; _position < _source.Length; _position++)
            {
                char c = _source[_position];
                if (c == ' ')
                    column++;
                else if (c == '\t')
                    column = ((column / TabSize) + 1) * TabSize;
                else if (c == '\f')
                    column = 0;
                else
                    break;
            }
            if (_position >= _source.Length)
                return Finish();
            if (_source[_position] is not ('#' or '\n'))
                return Indent(column) || Finish();
            _position = Math.Min(_source.Length, EndOfLine(_source, _position) + 1);
        }
    }

    private bool Indent(int column)
    {
        if (column > _columns[_indents])
        {
            if (++_indents == _columns.Length)
                Array.Resize(ref _columns, 2 * _columns.Length);
            _columns[_indents] = column;
        }
        while (column < _columns[_indents])
        {
            if (!_columns.AsSpan(0, _indents).Contains(column))
                return false;
            _indents--;
        }
        return true;
    }

    /// <summary>The next \n, or the end of the source.</summary>
    public static int EndOfLine(ReadOnlySpan<char> source, int start)
    {
        int length = source[start..].IndexOf('\n');
        return length < 0 ? source.Length : start + length;
    }

    // Letters, digits and _ among the first eight units, by one comparison of all; more follow one by one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NameLength(ref char first, int available)
    {
        if (available < Vector128<ushort>.Count)
            return 1;
        var units = Vector128.LoadUnsafe(ref Unsafe.As<char, ushort>(ref first));
        var letters = Vector128.LessThanOrEqual((units | Vector128.Create((ushort)0x20)) - Vector128.Create((ushort)'a'), Vector128.Create((ushort)25));
        var digits = Vector128.LessThanOrEqual(units - Vector128.Create((ushort)'0'), Vector128.Create((ushort)9));
        var others = ~(letters | digits | Vector128.Equals(units, Vector128.Create((ushort)'_')));
        return BitOperations.TrailingZeroCount(others.ExtractMostSignificantBits() | 0x100);
    }

    // The rest of a name that may go beyond the basic plane.
    private bool Name(int start)
    {
        int i = start;
        while (i < _source.Length)
        {
            if (CharacterClasses.Table[_source[i]] <= CharacterClass.Digit)
                i++;
            else if (IsWordPair(i))
                i += 2;
            else
                break;
        }
        return Emit(PythonTokenKind.Name, i);
    }

    /// <summary>Characters of the operator, 1 to 3; 0 where none begins. A dot before a digit is none.</summary>
    public static int OperatorLength(ReadOnlySpan<char> source, int start)
    {
        char c = source[start];
        if (CharacterClasses.Table[c] is not (CharacterClass.Operator or CharacterClass.Single))
            return 0;
        char second = start + 1 < source.Length ? source[start + 1] : '\0';
        char third = start + 2 < source.Length ? source[start + 2] : '\0';
        return c switch
        {
            ',' or ';' or '~' => 1,
            '.' when char.IsAsciiDigit(second) => 0,
            '.' => second == '.' && third == '.' ? 3 : 1,
            _ when second == '=' => 2,
            '!' => 0,
            '*' or '/' or '<' or '>' when second == c => third == '=' ? 3 : 2,
            '-' when second == '>' => 2,
            _ => 1,
        };
    }

    private bool Operator(int i) => OperatorLength(_source, i) switch
    {
        0 when _source[i] == '.' => Emit(PythonTokenKind.Number, EndOfNumber(_source, i)),
        0 => Error(_position),
        var length => Emit(PythonTokenKind.Operator, i + length),
    };

    // tokenize takes back the blanks before a character that begins no token: they are error tokens too, one by one.
    private bool Error(int start)
    {
        Start = start;
        bool pair = Rune.TryCreate(_source[start], start + 1 < _source.Length ? _source[start + 1] : '\0', out _);
        return Emit(PythonTokenKind.Error, start + (pair ? 2 : 1));
    }

    private readonly bool IsWordPair(int i) =>
        i + 1 < _source.Length
        && Rune.TryCreate(_source[i], _source[i + 1], out var rune)
        && CharacterClasses.IsWord(Rune.GetUnicodeCategory(rune));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Emit(PythonTokenKind kind, int end)
    {
        (Kind, _position) = (kind, end);
        return true;
    }

    private bool Finish()
    {
        (_position, _inLine) = (_source.Length, false);
        return false;
    }
}

using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NnGpt.Novelty.Shingles;

/// <summary>
/// The tokens of <see cref="PythonTokenScanner"/>, found 64 characters at a time: classes of characters give almost all of their
/// ends as bits; strings, comments, floats and operators of several characters, which the classes mark, are then corrected one
/// by one. It gives up on what ordinary code does not have outside strings and comments (letters beyond ASCII, characters that
/// begin no token, indentation by tabs or by 64 columns and more, anything that tokenize raises on); the other scanner reads such
/// text.
/// </summary>
internal ref struct BlockTokenScanner
{
    private const int Size = TokenBlock.Size;
    private readonly ReadOnlySpan<char> _source;
    private readonly Span<TokenBlock> _blocks;

    // Columns of the blocks that a line is in, a bit each.
    private ulong _columns = 1;

    private BlockTokenScanner(ReadOnlySpan<char> source, Span<TokenBlock> blocks)
    {
        _source = source;
        _blocks = blocks;
    }

    /// <summary>Whether this machine has the instructions.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    /// <summary>
    /// The blocks of a text, with <see cref="TokenBlock.Starts"/> and <see cref="TokenBlock.Lasts"/> right and one block after the
    /// last: an array of <see cref="ArrayPool{T}.Shared"/> for the caller to return. Null when the text is not for this scanner.
    /// </summary>
    /// <param name="source">Any text; with \r it is not for this scanner.</param>
    /// <param name="count">Blocks.</param>
    public static TokenBlock[]? TryRead(ReadOnlySpan<char> source, out int count)
    {
        count = (source.Length + Size - 1) / Size;
        TokenBlock[] blocks = ArrayPool<TokenBlock>.Shared.Rent(count + 1);

        // What is looked up beyond a block is always there.
        blocks[count] = new TokenBlock { Spaces = ulong.MaxValue };
        var scanner = new BlockTokenScanner(source, blocks.AsSpan(0, count));
        if (scanner.Classify() && scanner.Correct())
            return blocks;
        ArrayPool<TokenBlock>.Shared.Return(blocks);
        return null;
    }

    // False when there is a \r: within strings and comments nobody else would see it.
    private readonly bool Classify()
    {
        ref ushort first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(_source));
        int whole = _source.Length / Size;
        TokenBlock none = default;
        TokenBlock.Edge edge = default;
        ref TokenBlock before = ref none;
        for (int b = 0; b < whole; b++)
        {
            _blocks[b] = TokenBlock.Of(ref Unsafe.Add(ref first, b * Size), ref before, ref edge);
            before = ref _blocks[b];
        }
        if (whole < _blocks.Length)
        {
            Span<char> rest = stackalloc char[Size];
            rest.Fill(' ');
            _source[(whole * Size)..].CopyTo(rest);
            _blocks[whole] = TokenBlock.Of(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(rest)), ref before, ref edge);
        }
        return edge.Returns == 0;
    }

    // Goes through the marked characters; false when the text is not for this scanner.
    private bool Correct()
    {
        int done = 0, depth = 0;
        if (!BeginLine(0))
            return false;
        for (int b = 0; b < _blocks.Length; b++)
        {
            int start = b * Size;
            ulong marked = _blocks[b].Marked;
            while (true)
            {
                if (done > start)
                    marked = done - start >= Size ? 0 : marked & (ulong.MaxValue << (done - start));
                if (marked == 0)
                    break;
                int bit = BitOperations.TrailingZeroCount(marked);
                marked &= marked - 1;
                int at = start + bit;
                switch (_source[at])
                {
                    case '\n':
                        ulong until = (1UL << bit) - 1;
                        int depthHere = depth + BitOperations.PopCount(_blocks[b].Opens & until) - BitOperations.PopCount(_blocks[b].Closes & until);
                        if (depthHere == 0 && !BeginLine(at + 1))
                            return false;
                        break;
                    case '#':
                        done = PythonTokenScanner.EndOfLine(_source, at);
                        Replace(at, done, isToken: false);
                        break;
                    case '\'' or '"':
                        int end = PythonTokenScanner.EndOfString(_source, at);
                        if (end < 0)
                            return false;
                        Replace(StartOfString(at), end, isToken: true);
                        done = end;
                        break;
                    case '\t' or '\f':
                        break;
                    case '\\' when at + 1 < _source.Length && _source[at + 1] == '\n':
                        done = at + 2;
                        break;
                    default:
                        if (!NumberOrOperator(at, ref done))
                            return false;
                        break;
                }
            }
            depth += BitOperations.PopCount(_blocks[b].Opens) - BitOperations.PopCount(_blocks[b].Closes);
        }
        return true;
    }

    // A line that is not within brackets: its column must be a known one, or be further in.
    private bool BeginLine(int start)
    {
        int at = start;
        while (at < _source.Length)
        {
            int spaces = BitOperations.TrailingZeroCount(~SpacesFrom(at));
            at += spaces;
            if (spaces < Size)
                break;
        }
        if (at >= _source.Length || _source[at] is '\n' or '#')
            return true;
        if (_source[at] is '\t' or '\f')
            return false;
        int column = at - start;
        if (column >= Size)
            return false;
        ulong fromHere = _columns >> column;
        _columns = (_columns & ((1UL << column) - 1)) | (1UL << column);
        return (fromHere & 1) != 0 || fromHere == 0;
    }

    private readonly ulong SpacesFrom(int at)
    {
        ref TokenBlock block = ref Unsafe.Add(ref MemoryMarshal.GetReference(_blocks), at / Size);
        int bit = at % Size;
        return bit == 0 ? block.Spaces : (block.Spaces >> bit) | (Unsafe.Add(ref block, 1).Spaces << (Size - bit));
    }

    // A word before the quote belongs to the string when it is a prefix.
    private readonly int StartOfString(int quoteAt)
    {
        for (int length = 2; length > 0; length--)
        {
            int start = quoteAt - length;
            if (start >= 0 && IsStart(start) && PythonTokenScanner.StringPrefixLength(_source, start) == length)
                return start;
        }
        return quoteAt;
    }

    private readonly bool IsStart(int at) => ((_blocks[at / Size].Starts >> (at % Size)) & 1) != 0;

    private readonly bool NumberOrOperator(int at, ref int done)
    {
        int start = at, end;

        // A number that is more than digits is marked behind the first of them.
        if (_source[at] is '.' or '_' || char.IsAsciiLetter(_source[at]))
        {
            while (start > done && char.IsAsciiDigit(_source[start - 1]))
                start--;
            if (!IsStart(start))
                start = at;
        }
        if (char.IsAsciiDigit(_source[start]) || (_source[start] == '.' && start + 1 < _source.Length && char.IsAsciiDigit(_source[start + 1])))
        {
            end = PythonTokenScanner.EndOfNumber(_source, start);

            // "12abc" are two tokens.
            if (end < _source.Length && (char.IsAsciiLetterOrDigit(_source[end]) || _source[end] == '_'))
                return false;
        }
        else
        {
            end = start + PythonTokenScanner.OperatorLength(_source, start);
            if (end == start)
                return false;
        }
        Replace(start, end, isToken: true);
        done = end;
        return true;
    }

    // What lies between is one token, or none.
    private readonly void Replace(int start, int end, bool isToken)
    {
        int last = end - 1;
        for (int b = start / Size; b <= last / Size; b++)
        {
            int from = Math.Max(start - (b * Size), 0), to = Math.Min(last - (b * Size), Size - 1);
            ulong kept = ~((ulong.MaxValue << from) & (ulong.MaxValue >> (Size - 1 - to)));
            ref TokenBlock block = ref _blocks[b];
            block.Starts &= kept;
            block.Lasts &= kept;
            block.Opens &= kept;
            block.Closes &= kept;
        }
        if (isToken)
        {
            _blocks[start / Size].Starts |= 1UL << (start % Size);
            _blocks[last / Size].Lasts |= 1UL << (last % Size);
        }
    }
}

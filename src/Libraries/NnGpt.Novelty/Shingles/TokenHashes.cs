using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NnGpt.Novelty.Shingles;

/// <summary>A 64-bit hash a token, over its length and its UTF-16 text, filled up with zeros to eights: four units at a time, multiplied and folded (version 2).</summary>
internal static class TokenHashes
{
    private const ulong NameHash = 0xA0761D6478BD642F;
    private const ulong NumberHash = 0xE7037ED1A0B428DB;
    private const ulong LengthFactor = 0x9E3779B97F4A7C15;
    private const int MaskStride = 4;

    // For tokens of 1 to 8 characters: what they have of the first four and of the second, and what their length adds.
    private static ReadOnlySpan<ulong> Kept =>
    [
        0xFFFF, 0, LengthFactor, 0,
        0xFFFFFFFF, 0, unchecked(2 * LengthFactor), 0,
        0xFFFFFFFFFFFF, 0, unchecked(3 * LengthFactor), 0,
        ulong.MaxValue, 0, unchecked(4 * LengthFactor), 0,
        ulong.MaxValue, 0xFFFF, unchecked(5 * LengthFactor), 0,
        ulong.MaxValue, 0xFFFFFFFF, unchecked(6 * LengthFactor), 0,
        ulong.MaxValue, 0xFFFFFFFFFFFF, unchecked(7 * LengthFactor), 0,
        ulong.MaxValue, ulong.MaxValue, unchecked(8 * LengthFactor), 0,
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_keywords = FrozenSet.ToFrozenSet(
        [
            "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
            "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
            "pass", "raise", "return", "try", "while", "with", "yield",
        ], StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Hashes of all tokens, into a buffer of <see cref="ArrayPool{T}.Shared"/> that grows as needed; returns their number.</summary>
    public static int Read(ReadOnlySpan<char> source, TokenMode mode, ref ulong[] buffer)
    {
        bool inBlocks = mode == TokenMode.Exact && BlockTokenScanner.IsSupported;
        if (inBlocks && ReadInBlocks(source, ref buffer) is >= 0 and var tokens)
            return tokens;
        var text = PythonTokenScanner.NormalizeLineEnds(source);
        return inBlocks && text.Length != source.Length && ReadInBlocks(text, ref buffer) is >= 0 and var more ? more : ReadOneByOne(text, mode, ref buffer);
    }

    // -1 when the text is not for this scanner.
    private static int ReadInBlocks(ReadOnlySpan<char> source, ref ulong[] buffer)
    {
        if (BlockTokenScanner.TryRead(source, out int count) is not { } blocks)
            return -1;
        int tokens = Hash(source, blocks.AsSpan(0, count), ref buffer);
        ArrayPool<TokenBlock>.Shared.Return(blocks);
        return tokens;
    }

    /// <summary>The same by <see cref="PythonTokenScanner"/>, which reads any text.</summary>
    /// <param name="source">Line ends are \n alone.</param>
    /// <param name="mode">What of a token counts.</param>
    /// <param name="buffer">As above.</param>
    internal static int ReadOneByOne(ReadOnlySpan<char> source, TokenMode mode, ref ulong[] buffer)
    {
        var scanner = new PythonTokenScanner(source);
        var attribute = new AttributeState();
        int count = 0;
        while (scanner.MoveNext())
        {
            var text = source[scanner.Start..scanner.End];
            ulong hash = mode == TokenMode.Exact
                ? Hash(text, source.Length - scanner.End)
                : Normalized(text, source.Length - scanner.End, scanner.Kind, ref attribute);
            if (count == buffer.Length)
                Grow(ref buffer);
            buffer[count++] = hash;
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    // Tokens of up to eight characters that end in the block they begin in are hashed without a branch on what they are like: a
    // processor guesses it wrong every few tokens, and that costs more than a hash. The others are hashed after them.
    private static int Hash(ReadOnlySpan<char> source, Span<TokenBlock> blocks, ref ulong[] buffer)
    {
        int tokens = 0;
        foreach (ref readonly TokenBlock block in blocks)
            tokens += BitOperations.PopCount(block.Starts);
        if (buffer.Length < tokens)
        {
            ArrayPool<ulong>.Shared.Return(buffer);
            buffer = ArrayPool<ulong>.Shared.Rent(tokens);
        }
        ref ulong to = ref MemoryMarshal.GetArrayDataReference(buffer);
        for (int b = 0; b < blocks.Length; b++)
        {
            ulong starts = blocks[b].Starts, lasts = blocks[b].Lasts;
            int first = b * TokenBlock.Size;
            ulong others = starts;
            if (first + TokenBlock.Size + 8 <= source.Length)
            {
                ulong near = lasts | (lasts >> 1);
                near |= near >> 2;
                others &= ~(near | (near >> 4));
                HashShort(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(source), first)), starts, lasts, ref to);
            }
            for (; others != 0; others &= others - 1)
            {
                int bit = BitOperations.TrailingZeroCount(others), start = first + bit, end = b;
                ulong after = lasts & (ulong.MaxValue << bit);
                while (after == 0)
                    after = blocks[++end].Lasts;
                int length = (end * TokenBlock.Size) + BitOperations.TrailingZeroCount(after) + 1 - start;
                int behind = source.Length - start - length;
                Unsafe.Add(ref to, BitOperations.PopCount(starts & ((1UL << bit) - 1))) = behind >= 8
                    ? HashLong(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(source), start)), length)
                    : Hash(source.Slice(start, length), behind);
                if (end > b)
                    blocks[end].Lasts &= after - 1;
            }
            to = ref Unsafe.Add(ref to, BitOperations.PopCount(starts));
        }
        return tokens;
    }

    // Of all tokens that end in these 64 characters; right for those of at most eight. Eight more can be read behind the block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void HashShort(ref byte text, ulong starts, ulong lasts, ref ulong to)
    {
        ref ulong kept = ref MemoryMarshal.GetReference(Kept);
        for (nint i = 0; lasts != 0; i++)
        {
            nint start = BitOperations.TrailingZeroCount(starts);
            nint more = BitOperations.TrailingZeroCount(lasts) - start;
            ref ulong mask = ref Unsafe.Add(ref kept, MaskStride * (more & 7));
            ulong low = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, 2 * start)) & mask;
            ulong high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, (2 * start) + 8)) & Unsafe.Add(ref mask, 1);
            Unsafe.Add(ref to, i) = Fold(Fold(Unsafe.Add(ref mask, 2) ^ low) ^ high);
            starts &= starts - 1;
            lasts &= lasts - 1;
        }
    }

    // Of a token of any length behind which eight characters can be read.
    private static ulong HashLong(ref byte text, int length)
    {
        ulong h = (ulong)length * LengthFactor;
        for (; length > 8; length -= 8)
        {
            h = Fold(Fold(h ^ Unsafe.ReadUnaligned<ulong>(ref text)) ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, 8)));
            text = ref Unsafe.Add(ref text, 16);
        }
        ref ulong mask = ref Unsafe.Add(ref MemoryMarshal.GetReference(Kept), MaskStride * (length - 1));
        ulong low = Unsafe.ReadUnaligned<ulong>(ref text) & mask;
        ulong high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, 8)) & Unsafe.Add(ref mask, 1);
        return Fold(Fold(h ^ low) ^ high);
    }

    private static ulong Hash(ReadOnlySpan<char> text, int after)
    {
        ulong h = (ulong)text.Length * LengthFactor;
        while (text.Length > 8)
        {
            h = Fold(Fold(h ^ Four(text)) ^ Four(text[4..]));
            text = text[8..];
        }
        var (low, high) = Eight(text, after);
        return Fold(Fold(h ^ low) ^ high);
    }

    // Up to eight units, filled up with zeros. Where the source goes on for eight, without a branch on the length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Low, ulong High) Eight(ReadOnlySpan<char> text, int after)
    {
        if (text.Length + after >= Vector128<ushort>.Count)
        {
            var units = Vector128.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text)));
            var mask = Vector128.LessThan(Vector128.Create((ushort)0, 1, 2, 3, 4, 5, 6, 7), Vector128.Create((ushort)text.Length));
            var kept = (units & mask).AsUInt64();
            return (kept[0], kept[1]);
        }
        return EightAtTheEnd(text);
    }

    private static (ulong Low, ulong High) EightAtTheEnd(ReadOnlySpan<char> text)
    {
        Span<char> copy = stackalloc char[8];
        copy.Clear();
        text.CopyTo(copy);
        return (Four(copy), Four(copy[4..]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Four(ReadOnlySpan<char> text) => BinaryPrimitives.ReadUInt64LittleEndian(MemoryMarshal.AsBytes(text));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong h)
    {
        h *= 0x9FB21C651E98DF25;
        return h ^ (h >> 32);
    }

    private static ulong Normalized(ReadOnlySpan<char> text, int after, PythonTokenKind kind, ref AttributeState state)
    {
        bool keeps = state.IsAttribute;
        state = new AttributeState(text is "." && !state.AfterSelf, text is "self");
        return kind switch
        {
            PythonTokenKind.Number => NumberHash,
            PythonTokenKind.Name when !keeps && !s_keywords.Contains(text) => NameHash,
            _ => Hash(text, after),
        };
    }

    private static void Grow(ref ulong[] buffer)
    {
        ulong[] larger = ArrayPool<ulong>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<ulong>.Shared.Return(buffer);
        buffer = larger;
    }

    /// <param name="IsAttribute">The token before was a dot, and before it was no <c>self</c>.</param>
    /// <param name="AfterSelf">The token before was <c>self</c>.</param>
    private readonly record struct AttributeState(bool IsAttribute, bool AfterSelf);
}

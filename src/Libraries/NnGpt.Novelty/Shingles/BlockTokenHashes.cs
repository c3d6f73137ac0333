using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NnGpt.Novelty.Shingles;

/// <summary>
/// <see cref="TokenHashes"/> of the tokens that <see cref="BlockTokenScanner"/> found. Short ones, nearly all, are hashed without a
/// branch on what they are like: a processor guesses it wrong every few tokens, and that costs more than a hash.
/// </summary>
internal static class BlockTokenHashes
{
    private const int Size = TokenBlock.Size;
    private const int LongestInVectors = 16;
    private const int MaskStride = 4;

    // For tokens of 1 to 8 characters: what they have of the first four and of the second, and what their length adds.
    private static ReadOnlySpan<ulong> Kept =>
    [
        0xFFFF, 0, TokenHashes.LengthFactor, 0,
        0xFFFFFFFF, 0, unchecked(2 * TokenHashes.LengthFactor), 0,
        0xFFFFFFFFFFFF, 0, unchecked(3 * TokenHashes.LengthFactor), 0,
        ulong.MaxValue, 0, unchecked(4 * TokenHashes.LengthFactor), 0,
        ulong.MaxValue, 0xFFFF, unchecked(5 * TokenHashes.LengthFactor), 0,
        ulong.MaxValue, 0xFFFFFFFF, unchecked(6 * TokenHashes.LengthFactor), 0,
        ulong.MaxValue, 0xFFFFFFFFFFFF, unchecked(7 * TokenHashes.LengthFactor), 0,
        ulong.MaxValue, ulong.MaxValue, unchecked(8 * TokenHashes.LengthFactor), 0,
    ];

    /// <summary>Whether this machine can hash eight tokens at once.</summary>
    public static bool HasVectors => Avx512Vbmi2.IsSupported && Avx512DQ.IsSupported && Bmi2.X64.IsSupported;

    /// <summary>Hashes of all tokens, into a buffer of <see cref="ArrayPool{T}.Shared"/> that grows as needed; returns their number.</summary>
    /// <param name="source">What the blocks are of.</param>
    /// <param name="blocks">Of <see cref="BlockTokenScanner.TryRead"/>, with the one after the last.</param>
    /// <param name="inVectors">Eight tokens at once. The hashes are the same.</param>
    /// <param name="buffer">Rented.</param>
    public static int Read(ReadOnlySpan<char> source, ReadOnlySpan<TokenBlock> blocks, bool inVectors, ref ulong[] buffer)
    {
        int tokens = 0;
        foreach (ref readonly TokenBlock block in blocks)
            tokens += BitOperations.PopCount(block.Starts);

        // Eight at once write up to seven behind the last.
        if (buffer.Length < tokens + 8)
        {
            ArrayPool<ulong>.Shared.Return(buffer);
            buffer = ArrayPool<ulong>.Shared.Rent(tokens + 8);
        }
        ref ulong to = ref MemoryMarshal.GetArrayDataReference(buffer);
        int open = 0;
        for (int b = 0; b < blocks.Length - 1; b++)
        {
            ulong starts = blocks[b].Starts, lasts = blocks[b].Lasts;
            int count = BitOperations.PopCount(starts), ends = BitOperations.PopCount(lasts);

            // The first may be of a token that began before.
            if (open != 0)
                lasts &= lasts - 1;
            open += count - ends;
            ulong others = inVectors ? HashEights(in blocks[b], in blocks[b + 1], lasts, ref to)
                : (b + 1) * Size <= source.Length - 8 ? HashOnes(ref BytesAt(source, b * Size), starts, lasts, ref to)
                : starts;
            for (; others != 0; others &= others - 1)
            {
                int bit = BitOperations.TrailingZeroCount(others);
                Unsafe.Add(ref to, BitOperations.PopCount(starts & ((1UL << bit) - 1))) = HashAny(source, blocks, b, bit, lasts);
            }
            to = ref Unsafe.Add(ref to, count);
        }
        return tokens;
    }

    // Of the token that begins at a bit of block `b` and ends at one of `lasts`, or in a block that follows.
    private static ulong HashAny(ReadOnlySpan<char> source, ReadOnlySpan<TokenBlock> blocks, int b, int bit, ulong lasts)
    {
        int start = (b * Size) + bit;
        ulong after = lasts & (ulong.MaxValue << bit);
        while (after == 0)
            after = blocks[++b].Lasts;
        int length = (b * Size) + BitOperations.TrailingZeroCount(after) + 1 - start;
        int behind = source.Length - start - length;
        return behind >= 8 ? HashBefore(ref BytesAt(source, start), length) : TokenHashes.Hash(source.Slice(start, length), behind);
    }

    // Of a token of any length behind which eight characters can be read.
    private static ulong HashBefore(ref byte text, int length)
    {
        ulong h = (ulong)length * TokenHashes.LengthFactor;
        for (; length > 8; length -= 8)
        {
            h = TokenHashes.Fold(TokenHashes.Fold(h ^ FourAt(ref text, 0)) ^ FourAt(ref text, 8));
            text = ref Unsafe.Add(ref text, 16);
        }
        ref ulong mask = ref Unsafe.Add(ref MemoryMarshal.GetReference(Kept), MaskStride * (length - 1));
        return TokenHashes.Fold(TokenHashes.Fold(h ^ (FourAt(ref text, 0) & mask)) ^ (FourAt(ref text, 8) & Unsafe.Add(ref mask, 1)));
    }

    // Of all tokens that begin and end in these 64 characters, one by one; returns the starts of those for which it is not right.
    // Eight more characters can be read behind the block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashOnes(ref byte text, ulong starts, ulong lasts, ref ulong to)
    {
        // Those that end within eight characters.
        ulong near = lasts | (lasts >> 1);
        near |= near >> 2;
        ulong others = starts & ~(near | (near >> 4));
        ref ulong kept = ref MemoryMarshal.GetReference(Kept);
        for (nint i = 0; lasts != 0; i++)
        {
            nint start = BitOperations.TrailingZeroCount(starts);
            nint more = BitOperations.TrailingZeroCount(lasts) - start;
            ref ulong mask = ref Unsafe.Add(ref kept, MaskStride * (more & 7));
            ulong low = FourAt(ref text, 2 * start) & mask;
            ulong high = FourAt(ref text, (2 * start) + 8) & Unsafe.Add(ref mask, 1);
            Unsafe.Add(ref to, i) = TokenHashes.Fold(TokenHashes.Fold(Unsafe.Add(ref mask, 2) ^ low) ^ high);
            starts &= starts - 1;
            lasts &= lasts - 1;
        }
        return others;
    }

    // The same of all tokens that begin in the block, eight by eight.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashEights(in TokenBlock block, in TokenBlock next, ulong lasts, ref ulong to)
    {
        int count = BitOperations.PopCount(block.Starts);
        var firsts = Positions(block.Starts, Vector512<byte>.Zero);

        // The last token may end in the next block. Where it does not either, it gets a length that is too long.
        var ends = Positions(lasts, Vector512.Create((byte)(Size + BitOperations.TrailingZeroCount(next.Lasts))));
        var lengths = ends - firsts + Vector512<byte>.One;
        var indices = Vector512<byte>.Indices >> 3;
        for (int i = 0; i < count; i += 8)
        {
            var window = new Window(block.Text, next.Text, Avx512Vbmi.PermuteVar64x8(firsts, indices), Avx512Vbmi.PermuteVar64x8(lengths, indices));
            var length = window.Lengths.AsUInt64() & Vector512.Create(0xFFUL);
            var upTo8 = Fold(Fold((length * TokenHashes.LengthFactor) ^ window.Units(0xFF03FF02FF01FF00)) ^ window.Units(0xFF07FF06FF05FF04));
            var longer = Fold(Fold(upTo8 ^ window.Units(0xFF0BFF0AFF09FF08)) ^ window.Units(0xFF0FFF0EFF0DFF0C));
            Vector512.ConditionalSelect(Vector512.GreaterThan(length, Vector512.Create(8UL)), longer, upTo8).StoreUnsafe(ref to, (nuint)i);
            indices += Vector512.Create((byte)8);
        }
        if (Vector512.EqualsAny(block.Text | next.Text, Vector512.Create(byte.MaxValue)))
            return block.Starts;
        ulong others = Vector512.GreaterThan(lengths, Vector512.Create((byte)LongestInVectors)).ExtractMostSignificantBits();
        return Bmi2.X64.ParallelBitDeposit(others, block.Starts);
    }

    // Positions of the bits, then `rest`.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Positions(ulong bits, Vector512<byte> rest)
    {
        var bit = Vector512.Create(0x8040201008040201).AsByte();
        var spread = Avx512BW.Shuffle(Vector512.Create(bits).AsByte(), Vector512<byte>.Indices >> 3) & bit;
        return Avx512Vbmi2.Compress(rest, Vector512.Equals(spread, bit), Vector512<byte>.Indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Fold(Vector512<ulong> h)
    {
        h *= TokenHashes.FoldFactor;
        return h ^ (h >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FourAt(ref byte text, nint offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, offset));

    private static ref byte BytesAt(ReadOnlySpan<char> source, int start) =>
        ref Unsafe.As<char, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(source), start));

    // Two blocks of text and, in each byte of an element, where one of eight tokens begins there and how long it is.
    private readonly record struct Window(Vector512<byte> Text, Vector512<byte> Next, Vector512<byte> Starts, Vector512<byte> Lengths)
    {
        // Four characters of each token as UTF-16, zeros behind its end. Offsets in the token, a byte each; 255 for an upper half.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<ulong> Units(ulong offsets)
        {
            var at = Vector512.Create(offsets).AsByte();
            var bytes = Avx512Vbmi.PermuteVar64x8x2(Text, Starts + at, Next);
            return Vector512.ConditionalSelect(Vector512.LessThan(at, Lengths), bytes, Vector512<byte>.Zero).AsUInt64();
        }
    }
}

using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NnGpt.Novelty.Shingles;

/// <summary>
/// The contiguous n-grams of a source's tokens, each as a 64-bit hash: the polynomial of the n token hashes modulo 2^64, then
/// SplitMix64's finaliser. Part of signature version <see cref="MinHash.MinHasher.Version"/>.
/// </summary>
public static class PythonShingles
{
    private const ulong Base = 0xD6E8FEB86659FD93;

    /// <summary>Every shingle in order, repetitions included. Fewer tokens than <paramref name="size"/> give one of all; none give none.</summary>
    /// <param name="source">Any text.</param>
    /// <param name="size">n, tokens a shingle; 10 in the paper.</param>
    /// <param name="mode">What of a token counts.</param>
    public static ulong[] Read(ReadOnlySpan<char> source, int size = 10, TokenMode mode = TokenMode.Exact)
    {
        ulong[] buffer = Rent(source.Length);
        try
        {
            return Read(source, size, mode, ref buffer).ToArray();
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(buffer);
        }
    }

    /// <summary>The same in a rented buffer, which may be replaced by a larger one.</summary>
    internal static Span<ulong> Read(ReadOnlySpan<char> source, int size, TokenMode mode, ref ulong[] buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        int tokens = TokenHashes.Read(source, mode, ref buffer);
        return Shingle(buffer.AsSpan(0, tokens), size);
    }

    internal static ulong[] Rent(int characters) => ArrayPool<ulong>.Shared.Rent((characters / 4) + 16);

    // The polynomial of n tokens, put together from those of 1, 2, 4, 8, ... tokens, each from two of the one before: every step
    // is a multiplication and an addition for all shingles at once.
    private static Span<ulong> Shingle(Span<ulong> tokens, int size)
    {
        if (tokens.IsEmpty)
            return tokens;
        int length = Math.Min(size, tokens.Length);
        int count = tokens.Length - length + 1;
        ulong[] rented = ArrayPool<ulong>.Shared.Rent(tokens.Length);
        var shingles = rented.AsSpan(0, tokens.Length);
        int done = 0;
        ulong power = Base, donePower = 1;
        for (int width = 1; ; width *= 2)
        {
            if ((length & width) != 0)
            {
                // Those done so far follow these tokens.
                if (done == 0)
                    tokens.CopyTo(shingles);
                else
                    Combine(tokens, donePower, shingles[width..], shingles);
                done += width;
                donePower *= power;
            }
            if (done == length)
                break;
            Combine(tokens, power, tokens[width..], tokens);
            power *= power;
        }
        tokens = tokens[..count];
        Mix(shingles[..count], tokens);
        ArrayPool<ulong>.Shared.Return(rented);
        return tokens;
    }

    // to[i] = left[i] * factor + right[i]; `to` may be where left and right begin.
    private static void Combine(Span<ulong> left, ulong factor, Span<ulong> right, Span<ulong> to)
    {
        ref ulong l = ref MemoryMarshal.GetReference(left);
        ref ulong r = ref MemoryMarshal.GetReference(right);
        ref ulong t = ref MemoryMarshal.GetReference(to);
        int i = 0;
        for (; i <= right.Length - Vector512<ulong>.Count; i += Vector512<ulong>.Count)
            ((Vector512.LoadUnsafe(ref l, (nuint)i) * factor) + Vector512.LoadUnsafe(ref r, (nuint)i)).StoreUnsafe(ref t, (nuint)i);
        for (; i < right.Length; i++)
            to[i] = (left[i] * factor) + right[i];
    }

    private static void Mix(Span<ulong> from, Span<ulong> to)
    {
        ref ulong f = ref MemoryMarshal.GetReference(from);
        ref ulong t = ref MemoryMarshal.GetReference(to);
        int i = 0;
        for (; i <= from.Length - Vector512<ulong>.Count; i += Vector512<ulong>.Count)
        {
            var z = Vector512.LoadUnsafe(ref f, (nuint)i);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            (z ^ (z >> 31)).StoreUnsafe(ref t, (nuint)i);
        }
        for (; i < from.Length; i++)
            to[i] = TokenHashes.Mix(from[i]);
    }
}

using System.Buffers;

namespace NnGpt.Novelty.Shingles;

/// <summary>
/// The contiguous n-grams of a source's tokens, each as a 64-bit hash: the polynomial of the n token hashes modulo 2^64, rolled
/// from one shingle to the next, then SplitMix64's finaliser. Part of signature version <see cref="MinHash.MinHasher.Version"/>.
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
        return Roll(buffer.AsSpan(0, tokens), size);
    }

    internal static ulong[] Rent(int characters) => ArrayPool<ulong>.Shared.Rent((characters / 4) + 16);

    // In place: shingle i overwrites token i once no later shingle needs it.
    private static Span<ulong> Roll(Span<ulong> tokens, int size)
    {
        if (tokens.IsEmpty)
            return tokens;
        int length = Math.Min(size, tokens.Length);
        ulong h = 0, leaving = 1;
        for (int i = 0; i < length; i++)
        {
            h = (h * Base) + tokens[i];
            leaving *= Base;
        }
        int count = tokens.Length - length + 1;
        for (int i = 0; ; i++)
        {
            ulong first = tokens[i];
            tokens[i] = TokenHashes.Mix(h);
            if (i + 1 == count)
                return tokens[..count];
            h = (h * Base) + tokens[i + length] - (first * leaving);
        }
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
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
        return Shingle(ref buffer, tokens, size);
    }

    internal static ulong[] Rent(int characters) => ArrayPool<ulong>.Shared.Rent((characters / 4) + 16);

    // Horner's rule for eight shingles at a time, in place; what is behind the tokens is read too and goes nowhere.
    private static Span<ulong> Shingle(ref ulong[] buffer, int tokens, int size)
    {
        if (tokens == 0)
            return default;
        int length = Math.Min(size, tokens);
        int count = tokens - length + 1;
        if (buffer.Length < tokens + Vector512<ulong>.Count)
            TokenHashes.Grow(ref buffer);
        ref ulong first = ref MemoryMarshal.GetArrayDataReference(buffer);
        for (int i = 0; i < count; i += Vector512<ulong>.Count)
        {
            ref ulong at = ref Unsafe.Add(ref first, i);
            var z = Vector512.LoadUnsafe(ref at);
            for (int j = 1; j < length; j++)
                z = (z * Base) + Vector512.LoadUnsafe(ref at, (nuint)j);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            (z ^ (z >> 31)).StoreUnsafe(ref at);
        }
        return buffer.AsSpan(0, count);
    }
}

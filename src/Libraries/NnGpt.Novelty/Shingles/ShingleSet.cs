using System.Text;

namespace NnGpt.Novelty.Shingles;

/// <summary>
/// The set of contiguous n-grams of a token sequence, each as a 64-bit hash. Version 1 of the hash, which signatures in
/// a store depend on: a token is FNV-1a 64 over its UTF-8 bytes; a shingle folds its n tokens by
/// h = mix(h * 0x9E3779B97F4A7C15 + token) from h = 0, where mix is SplitMix64's finaliser.
/// </summary>
public static class ShingleSet
{
    /// <summary>Distinct shingle hashes. Fewer tokens than <paramref name="size"/> give one shingle of all of them; none give none.</summary>
    /// <param name="tokens">Tokens in order.</param>
    /// <param name="size">n; 10 in the paper.</param>
    public static HashSet<ulong> Create(IReadOnlyList<string> tokens, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var set = new HashSet<ulong>();
        if (tokens.Count == 0)
            return set;
        ulong[] hashes = [.. tokens.Select(HashToken)];
        int length = Math.Min(size, hashes.Length);
        for (int start = 0; start + length <= hashes.Length; start++)
        {
            ulong h = 0;
            foreach (ulong token in hashes.AsSpan(start, length))
                h = Mix(unchecked((h * 0x9E3779B97F4A7C15) + token));
            set.Add(h);
        }
        return set;
    }

    /// <summary>|A and B| / |A or B|; 1 for two empty sets.</summary>
    public static double Jaccard(IReadOnlySet<ulong> a, IReadOnlySet<ulong> b)
    {
        int common = a.Count(b.Contains);
        int all = a.Count + b.Count - common;
        return all == 0 ? 1 : (double)common / all;
    }

    private static ulong HashToken(string token)
    {
        ulong h = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(token))
            h = unchecked((h ^ b) * 0x100000001B3);
        return h;
    }

    private static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}

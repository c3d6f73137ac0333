using System.Numerics;

namespace NnGpt.Novelty.MinHash;

/// <summary>
/// MinHash (Broder 1997). Permutation i maps a shingle x to the upper 32 bits of (a_i * x + b_i) mod 2^64 with odd a_i
/// (multiply-add-shift, Dietzfelbinger 1996); the signature is the minimum of each over the set. Version 1 of the
/// permutations: a_0, b_0, a_1, b_1, ... are the outputs of SplitMix64 from state 1, the lowest bit of a_i set.
/// </summary>
public sealed class MinHasher
{
    private readonly ulong[] _a;
    private readonly ulong[] _b;

    /// <param name="permutations">Length of the signatures (num_perm); 256 in the paper.</param>
    public MinHasher(int permutations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(permutations);
        (_a, _b) = (new ulong[permutations], new ulong[permutations]);
        ulong state = 1;
        for (int i = 0; i < permutations; i++)
        {
            _a[i] = Next(ref state) | 1;
            _b[i] = Next(ref state);
        }
    }

    /// <summary>Version of hash and permutations; part of every key of a store.</summary>
    public static int Version => 1;

    /// <summary>num_perm.</summary>
    public int Permutations => _a.Length;

    /// <summary>Signature of a set of shingles; all ones for the empty set.</summary>
    public MinHashSignature Sign(IReadOnlyCollection<ulong> shingles)
    {
        var minima = new ulong[_a.Length];
        Array.Fill(minima, ulong.MaxValue);
        foreach (ulong x in shingles)
            Update(minima, x);
        return new MinHashSignature([.. minima.Select(m => (uint)(m >> 32))]);
    }

    /// <summary>The same, one permutation at a time; what <see cref="Sign"/> is held against.</summary>
    internal MinHashSignature SignScalar(IReadOnlyCollection<ulong> shingles)
    {
        var values = new uint[_a.Length];
        for (int i = 0; i < values.Length; i++)
        {
            uint minimum = uint.MaxValue;
            foreach (ulong x in shingles)
                minimum = Math.Min(minimum, (uint)(unchecked((_a[i] * x) + _b[i]) >> 32));
            values[i] = minimum;
        }
        return new MinHashSignature(values);
    }

    // The minimum of the 64-bit values has the minimum of their upper halves on top.
    private void Update(ulong[] minima, ulong x)
    {
        int i = 0;
        var factor = new Vector<ulong>(x);
        for (; i <= minima.Length - Vector<ulong>.Count; i += Vector<ulong>.Count)
        {
            var h = (new Vector<ulong>(_a, i) * factor) + new Vector<ulong>(_b, i);
            Vector.Min(h, new Vector<ulong>(minima, i)).CopyTo(minima, i);
        }
        for (; i < minima.Length; i++)
            minima[i] = Math.Min(minima[i], unchecked((_a[i] * x) + _b[i]));
    }

    private static ulong Next(ref ulong state)
    {
        ulong z = unchecked(state += 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace NnGpt.Novelty.MinHash;

/// <summary>The minimum of each permutation over a document's shingles.</summary>
public sealed class MinHashSignature
{
    private readonly uint[] _values;

    internal MinHashSignature(uint[] values) => _values = values;

    /// <summary>num_perm values.</summary>
    public ReadOnlySpan<uint> Values => _values;

    /// <summary>From <see cref="ToBytes"/>.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of four.</exception>
    public static MinHashSignature FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length % sizeof(uint) == 0
            ? new MinHashSignature(MemoryMarshal.Cast<byte, uint>(bytes).ToArray())
            : throw new ArgumentException($"A signature of {bytes.Length} bytes.", nameof(bytes));

    /// <summary>Four bytes a value, little-endian.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes(_values.AsSpan()).ToArray();

    /// <summary>Share of equal values: the unbiased estimate of the Jaccard similarity, standard error sqrt(J(1-J)/num_perm).</summary>
    /// <exception cref="ArgumentException">The signatures differ in length.</exception>
    public double EstimateJaccard(MinHashSignature other)
    {
        if (_values.Length != other._values.Length)
            throw new ArgumentException($"Signatures of {_values.Length} and {other._values.Length} permutations.", nameof(other));
        int equal = 0, i = 0;
        for (; i <= _values.Length - Vector<uint>.Count; i += Vector<uint>.Count)
            equal -= Vector.Sum(Vector.AsVectorInt32(Vector.Equals(new Vector<uint>(_values, i), new Vector<uint>(other._values, i))));
        for (; i < _values.Length; i++)
            equal += _values[i] == other._values[i] ? 1 : 0;
        return (double)equal / _values.Length;
    }
}

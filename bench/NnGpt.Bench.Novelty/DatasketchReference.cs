using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NnGpt.Bench.Novelty;

/// <summary>
/// datasketch's MinHash, one permutation at a time: the first four bytes of a shingle's SHA-1, little-endian, then
/// ((a * h + b) mod (2^61 - 1)) and its lower 32 bits, in 64-bit arithmetic that wraps as numpy's does. a and b are drawn as it
/// draws them, but by another generator.
/// </summary>
internal sealed class DatasketchReference
{
    private const ulong MersennePrime = (1UL << 61) - 1;
    private readonly ulong[] _a;
    private readonly ulong[] _b;

    public DatasketchReference(int permutations, int seed = 1)
    {
        var random = new Random(seed);
        _a = [.. Enumerable.Range(0, permutations).Select(_ => (ulong)random.NextInt64(1, (long)MersennePrime))];
        _b = [.. Enumerable.Range(0, permutations).Select(_ => (ulong)random.NextInt64(0, (long)MersennePrime))];
    }

    /// <summary>Signature of shingles: tokens joined by blanks.</summary>
    public uint[] Sign(IEnumerable<string> shingles)
    {
        var minima = new uint[_a.Length];
        Array.Fill(minima, uint.MaxValue);
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        foreach (string shingle in shingles)
        {
            SHA1.HashData(Encoding.UTF8.GetBytes(shingle), digest);
            Update(minima, BinaryPrimitives.ReadUInt32LittleEndian(digest));
        }
        return minima;
    }

    private void Update(uint[] minima, ulong hash)
    {
        for (int i = 0; i < minima.Length; i++)
        {
            uint value = (uint)(unchecked((_a[i] * hash) + _b[i]) % MersennePrime);
            if (value < minima[i])
                minima[i] = value;
        }
    }
}

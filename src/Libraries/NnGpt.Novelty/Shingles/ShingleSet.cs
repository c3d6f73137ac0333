using System.Buffers;
using System.Runtime.InteropServices;

namespace NnGpt.Novelty.Shingles;

/// <summary>The set of a source's shingles: distinct 32-bit hashes in ascending order, four bytes each in a store.</summary>
public sealed class ShingleSet
{
    private readonly uint[] _hashes;

    private ShingleSet(uint[] hashes) => _hashes = hashes;

    /// <summary>Distinct shingles.</summary>
    public int Count => _hashes.Length;

    /// <summary>Ascending.</summary>
    public ReadOnlySpan<uint> Hashes => _hashes;

    /// <summary>Of a source; see <see cref="PythonShingles.Read(ReadOnlySpan{char}, int, TokenMode)"/>.</summary>
    public static ShingleSet Of(ReadOnlySpan<char> source, int size = 10, TokenMode mode = TokenMode.Exact)
    {
        ulong[] buffer = PythonShingles.Rent(source.Length);
        try
        {
            return Of(PythonShingles.Read(source, size, mode, ref buffer));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(buffer);
        }
    }

    /// <summary>Of shingles in any order, repetitions allowed.</summary>
    public static ShingleSet Of(ReadOnlySpan<ulong> shingles)
    {
        var hashes = new uint[shingles.Length];
        for (int i = 0; i < hashes.Length; i++)
            hashes[i] = (uint)(shingles[i] >> 32);
        Array.Sort(hashes);
        int count = 0;
        for (int i = 0; i < hashes.Length; i++)
        {
            if (i == 0 || hashes[i] != hashes[i - 1])
                hashes[count++] = hashes[i];
        }
        return new ShingleSet(hashes.Length == count ? hashes : hashes[..count]);
    }

    /// <summary>From <see cref="ToBytes"/>.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of four.</exception>
    public static ShingleSet FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length % sizeof(uint) == 0
            ? new ShingleSet(MemoryMarshal.Cast<byte, uint>(bytes).ToArray())
            : throw new ArgumentException($"A shingle set of {bytes.Length} bytes.", nameof(bytes));

    /// <summary>Four bytes a shingle, little-endian, ascending.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes(_hashes.AsSpan()).ToArray();

    /// <summary>Exact |A and B| / |A or B|; 1 for two empty sets.</summary>
    public double Jaccard(ShingleSet other)
    {
        var (a, b) = (_hashes, other._hashes);
        int i = 0, j = 0, common = 0;
        while (i < a.Length && j < b.Length)
        {
            (uint x, uint y) = (a[i], b[j]);
            common += x == y ? 1 : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }
        int all = a.Length + b.Length - common;
        return all == 0 ? 1 : (double)common / all;
    }
}

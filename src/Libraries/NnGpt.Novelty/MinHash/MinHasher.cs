using System.Buffers;
using System.Runtime.Intrinsics;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty.MinHash;

/// <summary>
/// MinHash (Broder 1997). Permutation i maps the upper half x of a shingle's hash to a_i * x + b_i modulo 2^32 with odd a_i, a
/// bijection; the signature is the minimum of each over the set. Like datasketch's scheme it starts from a 32-bit hash and is
/// linear, but needs no 64-bit remainder, so that 16 permutations fit an instruction. Version 2 of the permutations:
/// a_0, b_0, a_1, b_1, ... are the upper halves of SplitMix64's outputs from state 1, the lowest bit of a_i set. Signatures
/// are the same on every machine.
/// </summary>
public sealed partial class MinHasher
{
    /// <summary>Version of token hash, shingle hash and permutations; part of every key of a store.</summary>
    public const int Version = 2;

    // Permutations are computed in groups that fill the widest kernel's registers; what a group has too many is dropped.
    private const int Group = 128;
    private const int Block = 256;
    private readonly uint[] _a;
    private readonly uint[] _b;
    private readonly MinHashKernel _kernel;

    /// <param name="permutations">Length of the signatures (num_perm); 256 in the paper.</param>
    public MinHasher(int permutations)
        : this(permutations, MinHashKernels.Best)
    {
    }

    internal MinHasher(int permutations, MinHashKernel kernel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(permutations);
        (Permutations, _kernel) = (permutations, kernel);
        int padded = (permutations + Group - 1) / Group * Group;
        (_a, _b) = (new uint[padded], new uint[padded]);
        ulong state = 1;
        for (int i = 0; i < padded; i++)
        {
            _a[i] = Next(ref state) | 1;
            _b[i] = Next(ref state);
        }
    }

    /// <summary>num_perm.</summary>
    public int Permutations { get; }

    /// <summary>Signature of shingles in any order, repetitions allowed; all ones for none.</summary>
    public MinHashSignature Sign(ReadOnlySpan<ulong> shingles)
    {
        uint[] minima = new uint[_a.Length];
        Array.Fill(minima, uint.MaxValue);
        Span<uint> block = stackalloc uint[Block];
        for (int start = 0; start < shingles.Length; start += Block)
        {
            var part = shingles.Slice(start, Math.Min(Block, shingles.Length - start));
            UpperHalves(part, block);
            Update(minima, block[..part.Length]);
        }
        if (minima.Length != Permutations)
            Array.Resize(ref minima, Permutations);
        return new MinHashSignature(minima);
    }

    /// <summary>Signature of a set.</summary>
    public MinHashSignature Sign(ShingleSet set)
    {
        uint[] minima = new uint[_a.Length];
        Array.Fill(minima, uint.MaxValue);
        Update(minima, set.Hashes);
        if (minima.Length != Permutations)
            Array.Resize(ref minima, Permutations);
        return new MinHashSignature(minima);
    }

    /// <summary>Signature of a source, any text.</summary>
    /// <param name="source">Python text.</param>
    /// <param name="size">Tokens a shingle.</param>
    /// <param name="mode">What of a token counts.</param>
    public MinHashSignature SignSource(ReadOnlySpan<char> source, int size = 10, TokenMode mode = TokenMode.Exact)
    {
        ulong[] buffer = PythonShingles.Rent(source.Length);
        try
        {
            return Sign(PythonShingles.Read(source, size, mode, ref buffer));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(buffer);
        }
    }

    private static void UpperHalves(ReadOnlySpan<ulong> from, Span<uint> to)
    {
        int i = 0;
        for (; i <= from.Length - Vector512<uint>.Count; i += Vector512<uint>.Count)
            Vector512.Narrow(Vector512.Create(from[i..]) >> 32, Vector512.Create(from[(i + Vector512<ulong>.Count)..]) >> 32).CopyTo(to[i..]);
        for (; i < from.Length; i++)
            to[i] = (uint)(from[i] >> 32);
    }

    private static uint Next(ref ulong state) => (uint)(TokenHashes.Mix(state += 0x9E3779B97F4A7C15) >> 32);
}

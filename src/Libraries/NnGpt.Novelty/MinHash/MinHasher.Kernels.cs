using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NnGpt.Novelty.MinHash;

public sealed partial class MinHasher
{
    private void Update(Span<uint> minima, ReadOnlySpan<uint> hashes)
    {
        switch (_kernel)
        {
            case MinHashKernel.Vector512:
                for (int i = 0; i < minima.Length; i += Group)
                    Update512(minima.Slice(i, Group), _a.AsSpan(i, Group), _b.AsSpan(i, Group), hashes);
                break;
            case MinHashKernel.Vector256:
                for (int i = 0; i < minima.Length; i += 32)
                    Update256(minima.Slice(i, 32), _a.AsSpan(i, 32), _b.AsSpan(i, 32), hashes);
                break;
            default:
                UpdateScalar(minima, hashes);
                break;
        }
    }

    private void UpdateScalar(Span<uint> minima, ReadOnlySpan<uint> hashes)
    {
        for (int i = 0; i < minima.Length; i++)
        {
            foreach (uint x in hashes)
                minima[i] = Math.Min(minima[i], unchecked((_a[i] * x) + _b[i]));
        }
    }

    // 128 permutations: minima, factors and offsets stay in 24 of the 32 registers while all shingles pass.
    private static void Update512(Span<uint> minima, ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, ReadOnlySpan<uint> hashes)
    {
        var m = MemoryMarshal.Cast<uint, Vector512<uint>>(minima);
        var factors = MemoryMarshal.Cast<uint, Vector512<uint>>(a);
        var offsets = MemoryMarshal.Cast<uint, Vector512<uint>>(b);
        var (m0, m1, m2, m3, m4, m5, m6, m7) = (m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7]);
        var (a0, a1, a2, a3, a4, a5, a6, a7) = (factors[0], factors[1], factors[2], factors[3], factors[4], factors[5], factors[6], factors[7]);
        var (b0, b1, b2, b3, b4, b5, b6, b7) = (offsets[0], offsets[1], offsets[2], offsets[3], offsets[4], offsets[5], offsets[6], offsets[7]);
        foreach (uint hash in hashes)
        {
            var x = Vector512.Create(hash);
            m0 = Vector512.Min(m0, (x * a0) + b0);
            m1 = Vector512.Min(m1, (x * a1) + b1);
            m2 = Vector512.Min(m2, (x * a2) + b2);
            m3 = Vector512.Min(m3, (x * a3) + b3);
            m4 = Vector512.Min(m4, (x * a4) + b4);
            m5 = Vector512.Min(m5, (x * a5) + b5);
            m6 = Vector512.Min(m6, (x * a6) + b6);
            m7 = Vector512.Min(m7, (x * a7) + b7);
        }
        (m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7]) = (m0, m1, m2, m3, m4, m5, m6, m7);
    }

    // 32 permutations in 12 of the 16 registers.
    private static void Update256(Span<uint> minima, ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, ReadOnlySpan<uint> hashes)
    {
        var m = MemoryMarshal.Cast<uint, Vector256<uint>>(minima);
        var factors = MemoryMarshal.Cast<uint, Vector256<uint>>(a);
        var offsets = MemoryMarshal.Cast<uint, Vector256<uint>>(b);
        var (m0, m1, m2, m3) = (m[0], m[1], m[2], m[3]);
        var (a0, a1, a2, a3) = (factors[0], factors[1], factors[2], factors[3]);
        var (b0, b1, b2, b3) = (offsets[0], offsets[1], offsets[2], offsets[3]);
        foreach (uint hash in hashes)
        {
            var x = Vector256.Create(hash);
            m0 = Vector256.Min(m0, (x * a0) + b0);
            m1 = Vector256.Min(m1, (x * a1) + b1);
            m2 = Vector256.Min(m2, (x * a2) + b2);
            m3 = Vector256.Min(m3, (x * a3) + b3);
        }
        (m[0], m[1], m[2], m[3]) = (m0, m1, m2, m3);
    }
}

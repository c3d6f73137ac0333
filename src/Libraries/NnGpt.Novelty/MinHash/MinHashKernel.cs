using System.Runtime.Intrinsics;

namespace NnGpt.Novelty.MinHash;

/// <summary>How the minima are computed. All give the same bits.</summary>
internal enum MinHashKernel
{
    /// <summary>One permutation and one shingle at a time: the reference.</summary>
    Scalar,

    /// <summary>Eight permutations an instruction (AVX2).</summary>
    Vector256,

    /// <summary>Sixteen permutations an instruction (AVX-512).</summary>
    Vector512,
}

internal static class MinHashKernels
{
    /// <summary>The fastest of this machine.</summary>
    public static MinHashKernel Best =>
        Vector512.IsHardwareAccelerated ? MinHashKernel.Vector512
        : Vector256.IsHardwareAccelerated ? MinHashKernel.Vector256
        : MinHashKernel.Scalar;
}

using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>The process-wide generator, from which operators draw when they are given none.</summary>
public static class TorchRandom
{
    /// <summary>torch.manual_seed: the same seed gives the same numbers as in Python.</summary>
    public static void ManualSeed(ulong seed) => NativeMethods.Check(NativeMethods.nngpt_manual_seed(seed));

    /// <summary>torch.initial_seed.</summary>
    public static ulong InitialSeed => NativeMethods.nngpt_initial_seed();
}

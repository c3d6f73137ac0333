using System.Runtime.Intrinsics.X86;

namespace NnGpt.Sandbox;

/// <summary>What a worker is told for speed and for scores that are PyTorch's.</summary>
public static class WorkerTuning
{
    /// <summary>Environment variables that libraries and the runtime read when the process starts.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        // The kernels that PyTorch takes by default: with others the scores of a candidate differ in their last bits.
        ["ATEN_CPU_CAPABILITY"] = Avx2.IsSupported && Fma.IsSupported ? "avx2" : "default",
        // One arena, because memory of the others is unmapped when it is free; and huge pages, because tensors are large.
        // mallopt knows no huge pages, and comes too late for the arenas of threads that are there.
        ["GLIBC_TUNABLES"] = "glibc.malloc.arena_max=1:glibc.malloc.hugetlb=1",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        // 32 MiB, in hexadecimal: sixty validations between two collections. Where the runtime cannot see the size of the
        // processor's caches it would collect after every few.
        ["DOTNET_GCgen0size"] = "2000000",
        // Short-lived processes: instrumented code costs more than it brings.
        ["DOTNET_TieredPGO"] = "0",
        // Final code after thirty calls, not after a pause that a busy worker never makes.
        ["DOTNET_TC_CallCountingDelayMs"] = "0",
    };
}

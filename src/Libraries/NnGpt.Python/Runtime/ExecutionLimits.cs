using System.ComponentModel.DataAnnotations;

namespace NnGpt.Python.Runtime;

/// <summary>What a piece of candidate code may spend. Exceeding steps, time or memory ends it; it cannot catch that.</summary>
public sealed record ExecutionLimits
{
    /// <summary>Statements, calls, loop rounds and native iterations.</summary>
    [Range(1, long.MaxValue)]
    public long Steps { get; init; } = 20_000_000;

    /// <summary>Nested Python calls before RecursionError.</summary>
    [Range(10, 3000)]
    public int CallDepth { get; init; } = 1000;

    /// <summary>Bytes of one string, list, tuple or int before MemoryError.</summary>
    [Range(1024, int.MaxValue)]
    public long SingleAllocation { get; init; } = 64 << 20;

    /// <summary>Managed bytes allocated in all, freed ones included.</summary>
    [Range(1 << 20, long.MaxValue)]
    public long TotalAllocation { get; init; } = 4L << 30;

    /// <summary>Characters that print keeps; later ones are dropped.</summary>
    [Range(0, int.MaxValue)]
    public int OutputCharacters { get; init; } = 64 << 10;

    /// <summary>Time from the interpreter's creation; null for none.</summary>
    public TimeSpan? Time { get; init; }
}

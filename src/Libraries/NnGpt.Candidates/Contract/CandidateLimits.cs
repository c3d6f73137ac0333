using System.ComponentModel.DataAnnotations;

namespace NnGpt.Candidates;

/// <summary>What one candidate may use. Exceeding a limit is a rejection, not an exception.</summary>
public sealed record CandidateLimits
{
    /// <summary>Parameters of the network; layers that exceed it are refused before their memory is allocated.</summary>
    [Range(1, long.MaxValue)]
    public long MaxParameters { get; init; } = 500_000;

    /// <summary>Multiply-accumulates of one forward pass of one image.</summary>
    [Range(1, long.MaxValue)]
    public long MaxMacs { get; init; } = 2_000_000_000;

    /// <summary>Multiply-accumulates of a whole training: images x forward pass (x 3 for the backward pass).</summary>
    [Range(1, long.MaxValue)]
    public long MaxTrainingMacs { get; init; } = long.MaxValue;

    /// <summary>Elements of a single tensor.</summary>
    [Range(1, long.MaxValue)]
    public long MaxTensorElements { get; init; } = 1L << 28;

    /// <summary>Bytes that all tensors of the candidate may hold at a time; more is refused before it is allocated.</summary>
    [Range(1, long.MaxValue)]
    public long TensorBytes { get; init; } = 4L << 30;

    /// <summary>Wall-clock time of a validation or a training; checked between steps of the evaluator and operators.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Steps of the evaluator.</summary>
    [Range(1, long.MaxValue)]
    public long Steps { get; init; } = 50_000_000;

    /// <summary>Nested Python calls before RecursionError.</summary>
    [Range(10, 3000)]
    public int CallDepth { get; init; } = 1000;

    /// <summary>Characters of source text.</summary>
    [Range(1, int.MaxValue)]
    public int MaxSourceLength { get; init; } = 1 << 20;
}

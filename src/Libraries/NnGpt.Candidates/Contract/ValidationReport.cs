using NnGpt.Candidates.Tracing;

namespace NnGpt.Candidates;

/// <summary>What validation found; on a rejection the fields known until then are filled.</summary>
public sealed record ValidationReport
{
    /// <summary>Null for a valid candidate.</summary>
    public CandidateRejection? Rejection { get; init; }

    /// <summary>Whether the candidate passed.</summary>
    public bool Valid => Rejection is null;

    /// <summary>Number of parameters.</summary>
    public long Parameters { get; init; }

    /// <summary>Multiply-accumulates of one forward pass of one image.</summary>
    public long Macs { get; init; }

    /// <summary>What that pass computed; null when there was none.</summary>
    public TracedGraph? Graph { get; init; }

    /// <summary>Shape of the output; empty when there is none.</summary>
    public IReadOnlyList<long> OutputShape { get; init; } = [];

    /// <summary>The state_dict, in order.</summary>
    public IReadOnlyList<TensorSpec> StateDict { get; init; } = [];

    /// <summary>Sum of the output of the eval forward pass.</summary>
    public double OutputSum { get; init; }

    /// <summary>Sum of absolute values of that output.</summary>
    public double OutputAbs { get; init; }

    /// <summary>Its first six numbers.</summary>
    public IReadOnlyList<double> OutputFirst { get; init; } = [];

    /// <summary>Values of the tensors on which backward() was called.</summary>
    public IReadOnlyList<double> Losses { get; init; } = [];

    /// <summary>Times.</summary>
    public ValidationTimes Times { get; init; } = new(0, 0, 0, 0, 0);

    /// <summary>What the candidate printed.</summary>
    public string Output { get; init; } = "";
}

namespace NnGpt.Candidates.Tracing;

/// <summary>The computation of one forward pass: the operators that its output depends on, and what they read.</summary>
public sealed record TracedGraph
{
    /// <summary>In order of execution, inputs before what uses them; a node's id is its position.</summary>
    public required IReadOnlyList<TracedNode> Nodes { get; init; }

    /// <summary>Id of the node that forward returned.</summary>
    public int Output { get; init; }

    /// <summary>Images of the pass.</summary>
    public int Batch { get; init; }

    /// <summary>More operators or memory than are recorded; there are no nodes then.</summary>
    public bool Truncated { get; init; }

    /// <summary>Numbers in parameters that the output does not depend on.</summary>
    public long UnusedParameters { get; init; }

    /// <summary>Operators executed, those without influence on the output included.</summary>
    public int Operators { get; init; }
}

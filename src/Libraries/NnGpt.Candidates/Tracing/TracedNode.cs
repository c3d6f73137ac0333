namespace NnGpt.Candidates.Tracing;

/// <summary>An operator that was executed, or a leaf: the input, a parameter, a buffer, a constant.</summary>
public sealed record TracedNode
{
    /// <summary>
    /// Operator of aten without overload and in-place mark ("conv2d"); "input", "parameter", "buffer", "constant"; "item" for one
    /// of several results; "written" for a tensor after a view of it, or its base, was written to.
    /// </summary>
    public required string Op { get; init; }

    /// <summary>Data flow, in the order of the operator's schema.</summary>
    public IReadOnlyList<TracedInput> Inputs { get; init; } = [];

    /// <summary>Of operators their arguments that are no tensors, defaults included; of parameters and buffers "name".</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The leading dimension is this times the images of the pass; 0: the leading dimension has nothing to do with them.</summary>
    public long Batch { get; init; }

    /// <summary>The shape, without that leading dimension.</summary>
    public IReadOnlyList<long> OutputShape { get; init; } = [];

    /// <summary>Element type: "float32".</summary>
    public string Dtype { get; init; } = "";

    /// <summary>Name of the innermost module that executed it; empty for the network itself.</summary>
    public string ModulePath { get; init; } = "";

    /// <summary>Class of that module.</summary>
    public string ModuleClass { get; init; } = "";

    /// <summary>Numbers in the parameters that it reads directly.</summary>
    public long Parameters { get; init; }

    /// <summary>Multiply-accumulates for one image.</summary>
    public long Macs { get; init; }
}

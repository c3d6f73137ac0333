namespace NnGpt.Candidates.Tracing;

/// <summary>A node while the graph is being recorded.</summary>
internal sealed class TraceNode(string op)
{
    public string Op => op;

    public List<(TraceNode Node, string Argument)> Inputs { get; } = [];

    public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public long[] Shape { get; set; } = [];

    public string Dtype { get; set; } = "";

    public string Path { get; init; } = "";

    public string Class { get; init; } = "";

    public long Macs { get; set; }

    /// <summary>Whether it depends on the network's input: only then has its leading dimension to do with the images.</summary>
    public bool FollowsInput { get; set; }

    /// <summary>Identity of a parameter's tensor.</summary>
    public nint Leaf { get; set; }

    /// <summary>Elements.</summary>
    public long Numbers { get; set; }

    /// <summary>Position in the order of execution.</summary>
    public int Order { get; set; }
}

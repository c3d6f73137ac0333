namespace NnGpt.Novelty.Structure;

/// <summary>A node of a graph in normal form.</summary>
internal sealed class CanonicalNode
{
    /// <summary>Name of the operation; of a leaf "input", "parameter" or "constant".</summary>
    public required string Op { get; init; }

    /// <summary>What is read, in order; for commutative operations the order has no meaning.</summary>
    public CanonicalInput[] Inputs { get; init; } = [];

    /// <summary>Sorted "name=value", without what the shapes say already.</summary>
    public string[] Attributes { get; init; } = [];

    /// <summary>Whole shape as traced.</summary>
    public required long[] Shape { get; init; }

    /// <summary>The leading dimension is this times the images; 0 when it is not.</summary>
    public long Batch { get; init; }

    public string Dtype { get; init; } = "float32";

    public string Path { get; init; } = "";

    /// <summary>Whether it depends on the network's input: only then has its leading dimension to do with the images.</summary>
    public bool FollowsInput { get; init; }

    /// <summary>The same leaf is read by everything that reads this node, and no other leaf is it.</summary>
    public bool IsLeaf => Op is "input" or "parameter" or "constant";

    public bool IsCommutative => Op is "add" or "mul" or "maximum" or "minimum" or "logical_and" or "logical_or" or "bitwise_and" or "bitwise_or" or "eq" or "ne";

    public string? Attribute(string name)
    {
        foreach (string attribute in Attributes)
        {
            if (attribute.StartsWith(name, StringComparison.Ordinal) && attribute.Length > name.Length && attribute[name.Length] == '=')
                return attribute[(name.Length + 1)..];
        }
        return null;
    }

    /// <summary>The shape of what belongs to one image: "32,28,28", with the leading dimension's share "49*B".</summary>
    public string ShapeText => Batch == 0 ? string.Join(',', Shape) : string.Join(',', Shape.Skip(1).Select(s => $"{s}").Prepend($"{Batch}*B"));
}

/// <summary>An edge: position among the nodes, and the slot of the operation that it fills.</summary>
internal readonly record struct CanonicalInput(int Node, string Slot);

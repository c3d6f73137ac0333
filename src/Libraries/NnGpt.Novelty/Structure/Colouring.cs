using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NnGpt.Novelty.Structure;

/// <summary>
/// Weisfeiler-Lehman colours of a graph: hashes of a node's label and of the colours around it. They are the same on every
/// machine, and do not depend on the order or the names of nodes.
/// </summary>
internal static class Colouring
{
    /// <summary>
    /// The finest colours: each holds all that is above the node and all that is below it, refined twice more by its neighbours.
    /// A leaf that two nodes share has another colour than two leaves of the same shape.
    /// </summary>
    public static UInt128[] Complete(CanonicalGraph graph)
    {
        var nodes = graph.Nodes;
        var above = new UInt128[nodes.Count];
        for (int i = 0; i < above.Length; i++)
            above[i] = Hash(Hash(FullLabel(nodes[i])), Sources(nodes[i], above));
        var readers = Readers(nodes);
        var colours = new UInt128[nodes.Count];
        for (int i = colours.Length - 1; i >= 0; i--)
            colours[i] = Hash(above[i] + (i == graph.Output ? UInt128.One : 0), Consumers(readers[i], colours));
        for (int round = 0; round < 2; round++)
        {
            var before = (UInt128[])colours.Clone();
            for (int i = 0; i < colours.Length; i++)
                colours[i] = Hash(Hash(before[i], Sources(nodes[i], before)), Consumers(readers[i], before));
        }
        return colours;
    }

    /// <summary>Colours after 0, 1, ... rounds in which a node takes in what it reads; leaves belong to the labels of what reads them.</summary>
    public static UInt128[][] Rounds(CanonicalGraph graph, int rounds, bool withSizes)
    {
        var nodes = graph.Nodes;
        var result = new UInt128[rounds + 1][];
        result[0] = [.. nodes.Select(node => Hash((withSizes ? FullLabel(node) : PlainLabel(node)) + LeafLabel(node, nodes, withSizes)))];
        for (int round = 1; round <= rounds; round++)
        {
            var before = result[round - 1];
            var next = new UInt128[nodes.Count];
            for (int i = 0; i < next.Length; i++)
                next[i] = Hash(before[i], Sources(nodes[i], before, node => !nodes[node].IsLeaf || nodes[node].Op == "input"));
            result[round] = next;
        }
        return result;
    }

    /// <summary>Operation, attributes, the shape for one image, and the element type where it is not float32.</summary>
    public static string FullLabel(CanonicalNode node) =>
        $"{node.Op}|{string.Join(';', node.Attributes)}|{node.ShapeText}|{(node.Dtype == "float32" ? "" : node.Dtype)}";

    /// <summary>Operation and attributes without widths and sizes.</summary>
    public static string PlainLabel(CanonicalNode node) => node.Op switch
    {
        "conv" => $"conv|{string.Join(';', node.Attributes.Where(a => !a.StartsWith("groups=", StringComparison.Ordinal)))}|{Grouping(node)}",
        "reshape" or "slice" or "expand" or "layer_norm" or "item" or "full" => node.Op,
        "group_norm" => "group_norm",
        _ => $"{node.Op}|{string.Join(';', node.Attributes)}",
    };

    /// <summary>"dense", "depthwise" or "grouped".</summary>
    public static string Grouping(CanonicalNode node) => node.Attribute("groups") switch
    {
        null or "1" => "dense",
        var groups when node.Shape.Length > 1 && groups == CanonicalBuilder.Text(node.Shape[1]) => "depthwise",
        _ => "grouped",
    };

    public static UInt128 Hash(string text) => Digest(Encoding.UTF8.GetBytes(text));

    public static UInt128 Hash(UInt128 first, params ReadOnlySpan<UInt128> others)
    {
        byte[] bytes = new byte[16 * (others.Length + 1)];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, first);
        for (int i = 0; i < others.Length; i++)
            BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(16 * (i + 1)), others[i]);
        return Digest(bytes);
    }

    private static UInt128 Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    // Which parameters and constants it reads, and their shapes.
    private static string LeafLabel(CanonicalNode node, IReadOnlyList<CanonicalNode> nodes, bool withSizes) => string.Concat(node.Inputs
        .Where(input => nodes[input.Node] is { IsLeaf: true, Op: not "input" })
        .Select(input => $"|{input.Slot}:{nodes[input.Node].Op}{(withSizes ? nodes[input.Node].ShapeText : "")}"));

    private static UInt128[] Sources(CanonicalNode node, UInt128[] colours, Func<int, bool>? where = null)
    {
        var sources = new List<UInt128>(node.Inputs.Length);
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (where is null || where(node.Inputs[i].Node))
                sources.Add(node.IsCommutative ? colours[node.Inputs[i].Node] : Hash(SlotHash(node.Inputs[i].Slot, i), colours[node.Inputs[i].Node]));
        }
        if (node.IsCommutative)
            sources.Sort();
        return [.. sources];
    }

    private static UInt128[] Consumers(List<(int Node, UInt128 Slot)> readers, UInt128[] colours)
    {
        var consumers = new UInt128[readers.Count];
        for (int i = 0; i < consumers.Length; i++)
            consumers[i] = Hash(readers[i].Slot, colours[readers[i].Node]);
        Array.Sort(consumers);
        return consumers;
    }

    private static List<(int Node, UInt128 Slot)>[] Readers(IReadOnlyList<CanonicalNode> nodes)
    {
        var readers = new List<(int, UInt128)>[nodes.Count];
        for (int i = 0; i < readers.Length; i++)
        {
            readers[i] = [];
            for (int k = 0; k < nodes[i].Inputs.Length; k++)
                readers[nodes[i].Inputs[k].Node].Add((i, nodes[i].IsCommutative ? 0 : SlotHash(nodes[i].Inputs[k].Slot, k)));
        }
        return readers;
    }

    private static UInt128 SlotHash(string slot, int position) => Hash($"{slot}#{(slot is "tensors" or "self" or "other" ? position : 0)}");
}

using System.Globalization;
using NnGpt.Protocol.V1;

namespace NnGpt.Novelty.Structure;

/// <summary>
/// Rewrites a traced graph operator by operator into normal form. What is the identity in eval mode vanishes; spellings of one
/// operation become one. Shapes.cs, Arithmetic.cs and Layers.cs hold the rules; docs/novelty.md lists them.
/// </summary>
internal sealed partial class GraphNormalizer(CanonicalBuilder builder, ComputationGraph graph)
{
    private readonly int[] _values = new int[graph.Nodes.Count];
    private readonly int[] _uses = new int[graph.Nodes.Count];

    /// <summary>Node of the output.</summary>
    public int Run()
    {
        foreach (var input in graph.Nodes.SelectMany(node => node.Inputs))
            _uses[input.Node]++;
        for (int i = 0; i < _values.Length; i++)
        {
            var node = graph.Nodes[i];
            builder.Path = node.ModulePath;
            _values[i] = node.Inputs.Count == 0 ? Source(node) : Rewrite(node);
        }
        return _values[graph.Output];
    }

    private int Source(GraphNode node) => node.Op switch
    {
        "input" or "parameter" or "constant" => builder.Leaf(node.Op, Shape(node), node.Batch, node.Dtype),
        "buffer" => builder.Leaf("constant", Shape(node), node.Batch, node.Dtype),
        "zeros" or "ones" or "full" or "empty" => Full(node),
        _ => builder.Add(node.Op, [], Shape(node), node.Batch, node.Dtype, Attributes(node)),
    };

    private int Rewrite(GraphNode node)
    {
        if (node.Op == "item")
            return Item(node);
        return Layer(node) ?? ShapeOnly(node) ?? Arithmetic(node) ?? Keep(node, node.Op, Attributes(node));
    }

    // As it is, each input in the slot of its argument.
    private int Keep(GraphNode node, string op, IEnumerable<(string Name, string Value)> attributes)
    {
        var inputs = new CanonicalInput[node.Inputs.Count];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = new CanonicalInput(_values[node.Inputs[i].Node], Slot(node.Inputs[i].Argument));
        return builder.Add(op, inputs, Shape(node), node.Batch, node.Dtype, attributes);
    }

    // torch.* calls it input where tensors' methods call it self.
    private static string Slot(string argument) => argument == "input" ? "self" : argument;

    private int Input(GraphNode node, int position = 0) => _values[node.Inputs[position].Node];

    private int? Input(GraphNode node, string argument)
    {
        foreach (var input in node.Inputs)
        {
            if (input.Argument == argument)
                return _values[input.Node];
        }
        return null;
    }

    private long[] Shape(GraphNode node) => node.Batch > 0 ? [node.Batch * Math.Max(1, graph.Batch), .. node.OutputShape] : [.. node.OutputShape];

    private static bool HasShape(CanonicalNode node, long[] shape) => node.Shape.AsSpan().SequenceEqual(shape);

    private static string Text(GraphNode node, string name, string otherwise = "") => node.Attributes.TryGetValue(name, out string? value) ? value : otherwise;

    private static bool Flag(GraphNode node, string name) => Text(node, name) == "true";

    private static long Int(GraphNode node, string name, long otherwise = 0) =>
        long.TryParse(Text(node, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : otherwise;

    private static double? Number(GraphNode node, string name) =>
        Text(node, name) switch
        {
            "" => null,
            "true" => 1,
            "false" => 0,
            var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null,
        };

    private static long[] Ints(GraphNode node, string name)
    {
        string text = Text(node, name);
        if (text.Length == 0)
            return [];
        string[] parts = text.Split(',');
        long[] values = new long[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out values[i]))
                return [];
        }
        return values;
    }

    // Numbers in one spelling; what is false or not given is left out.
    private static IEnumerable<(string Name, string Value)> Attributes(GraphNode node, params string[] without) => node.Attributes
        .Where(a => !without.Contains(a.Key) && a.Value is not ("false" or ""))
        .Select(a => (a.Key, double.TryParse(a.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? CanonicalBuilder.Text(value) : a.Value));

    private static int Dim(long dim, int rank) => (int)(dim < 0 ? dim + Math.Max(1, rank) : dim);
}

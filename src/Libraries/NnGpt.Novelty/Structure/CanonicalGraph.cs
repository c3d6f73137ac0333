using NnGpt.Protocol.V1;

namespace NnGpt.Novelty.Structure;

/// <summary>A computation in normal form: what computes the same in the same way has the same graph, up to the order of nodes.</summary>
internal sealed class CanonicalGraph
{
    private CanonicalGraph(IReadOnlyList<CanonicalNode> nodes, int output) => (Nodes, Output) = (nodes, output);

    /// <summary>Inputs before what reads them; only what the output depends on.</summary>
    public IReadOnlyList<CanonicalNode> Nodes { get; }

    public int Output { get; }

    /// <summary>Null when the message is none that a tracer makes: empty, or with inputs that do not precede their node.</summary>
    public static CanonicalGraph? Of(ComputationGraph graph)
    {
        if (graph.Truncated || graph.Nodes.Count == 0 || graph.Output < 0 || graph.Output >= graph.Nodes.Count)
            return null;
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            if (graph.Nodes[i].Inputs.Any(input => input.Node < 0 || input.Node >= i))
                return null;
        }
        var builder = new CanonicalBuilder(Math.Max(1, graph.Batch));
        int output = new GraphNormalizer(builder, graph).Run();
        return Live(builder.Nodes, output);
    }

    private static CanonicalGraph Live(IReadOnlyList<CanonicalNode> nodes, int output)
    {
        bool[] live = new bool[nodes.Count];
        live[output] = true;
        for (int i = output; i >= 0; i--)
        {
            if (live[i])
            {
                foreach (var input in nodes[i].Inputs)
                    live[input.Node] = true;
            }
        }
        int[] position = new int[nodes.Count];
        var kept = new List<CanonicalNode>();
        for (int i = 0; i <= output; i++)
        {
            if (!live[i])
                continue;
            position[i] = kept.Count;
            var node = nodes[i];
            kept.Add(new CanonicalNode
            {
                Op = node.Op,
                Inputs = Array.ConvertAll(node.Inputs, input => input with { Node = position[input.Node] }),
                Attributes = node.Attributes,
                Shape = node.Shape,
                Batch = node.Batch,
                Dtype = node.Dtype,
                Path = node.Path,
                FollowsInput = node.FollowsInput,
            });
        }
        return new CanonicalGraph(kept, kept.Count - 1);
    }
}

using NnGpt.Protocol.V1;

namespace NnGpt.Novelty.Structure;

/// <summary>
/// What kind of network a traced graph is, by the most telling operation that its output depends on. The names are those of
/// <c>nngpt corpus stats</c>, which has only the text to go by.
/// </summary>
public static class ArchitectureFamily
{
    /// <summary>Every family, the most telling first.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["recurrent", "attention", "concatenating", "grouped", "residual", "convolutional", "perceptron", "other"];

    /// <summary>
    /// The family: recurrent layers; a softmax that weighs a product of matrices; values that are concatenated; convolutions in
    /// groups; values that are added; convolutions; linear layers; none of them. "other" for a truncated graph too.
    /// </summary>
    public static string Of(ComputationGraph graph)
    {
        var nodes = graph.Nodes;
        return nodes.Any(node => IsRecurrent(node.Op)) ? "recurrent"
            : HasAttention(nodes) ? "attention"
            : nodes.Any(node => node.Op is "cat" or "concat" or "stack" && node.Batch > 0 && ComputedInputs(nodes, node) > 1) ? "concatenating"
            : nodes.Any(node => IsConvolution(node.Op) && node.Attributes.TryGetValue("groups", out string? groups) && groups is not ("1" or "")) ? "grouped"
            : nodes.Any(node => node.Op is "add" or "add_" && ComputedInputs(nodes, node) > 1) ? "residual"
            : nodes.Any(node => IsConvolution(node.Op)) ? "convolutional"
            : nodes.Any(node => node.Op is "linear" or "addmm" or "matmul" or "mm" or "bmm") ? "perceptron"
            : "other";
    }

    private static bool IsRecurrent(string op) =>
        op is "lstm" or "gru" or "rnn_tanh" or "rnn_relu" or "lstm_cell" or "gru_cell" or "rnn_tanh_cell" or "rnn_relu_cell";

    private static bool IsConvolution(string op) => op is "conv1d" or "conv2d" or "conv3d";

    // Values that depend on the images; parameters, buffers and constants do not.
    private static int ComputedInputs(IReadOnlyList<GraphNode> nodes, GraphNode node) =>
        node.Inputs.Select(input => nodes[input.Node]).Where(input => input.Batch > 0 && (input.Inputs.Count > 0 || input.Op == "input"))
            .Select(input => input.Id).Distinct().Count();

    // softmax, then what leaves the weights as they are, then a product of matrices.
    private static bool HasAttention(IReadOnlyList<GraphNode> nodes)
    {
        var weights = new HashSet<int>();
        foreach (var node in nodes)
        {
            bool weighs = node.Inputs.Any(input => weights.Contains(input.Node));
            if (node.Op == "_native_multi_head_attention" || (weighs && node.Op is "matmul" or "bmm" or "baddbmm" or "einsum"))
                return true;
            if (node.Op is "softmax" || (weighs && node.Op is "dropout" or "contiguous" or "view" or "reshape" or "expand" or "transpose" or "permute" or "clone"))
                weights.Add(node.Id);
        }
        return false;
    }
}

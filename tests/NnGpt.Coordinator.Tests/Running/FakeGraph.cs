using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Tests.Running;

/// <summary>Small graphs, seven different ones.</summary>
internal static class FakeGraph
{
    private static readonly string[] s_operators = ["relu", "tanh", "sigmoid", "gelu", "elu", "selu", "silu"];

    public static ComputationGraph Of(int number)
    {
        var graph = new ComputationGraph { Batch = 4, Output = 1, Operators = 1 };
        graph.Nodes.Add(new GraphNode { Op = "input", Batch = 1, OutputShape = { 10 }, Dtype = "float32" });
        graph.Nodes.Add(new GraphNode
        {
            Id = 1,
            Op = s_operators[number % s_operators.Length],
            Inputs = { new GraphInput { Node = 0, Argument = "self" } },
            Batch = 1,
            OutputShape = { 10 },
            Dtype = "float32",
        });
        return graph;
    }
}

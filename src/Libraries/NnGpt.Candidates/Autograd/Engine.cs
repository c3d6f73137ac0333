using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Autograd;

/// <summary>backward(), with custom functions in the graph.</summary>
internal static class Engine
{
    public static void Backward(TensorObject self, TensorObject? gradient, bool retainGraph, bool createGraph)
    {
        var session = CandidateSession.Current;
        session.Check();
        if (self.Tensor.NumElements == 1)
        {
            var loss = Convert.ToDouble(TensorData.Item(self), null);
            session.Losses.Add(loss);
            session.Progress?.Invoke(session.Losses.Count, loss);
        }

        session.Tensors.BeforeBackward();
        var nodes = session.FunctionNodes;
        Aten.Guard(() => self.Tensor.Backward(gradient?.Tensor, retainGraph || nodes.Count > 0, createGraph));
        if (nodes.Count == 0)
            return;
        for (var i = nodes.Count - 1; i >= 0; i--)
            Propagate(session, nodes[i], createGraph);
        if (!retainGraph)
            nodes.Clear();
    }

    private static void Propagate(CandidateSession session, FunctionNode node, bool createGraph)
    {
        var gradients = new object[node.Outputs.Length];
        var any = false;
        for (var i = 0; i < gradients.Length; i++)
        {
            var gradient = node.Outputs[i].Tensor.Grad;
            any |= gradient is not null;
            gradients[i] = gradient is null
                ? Aten.Call("zeros_like", node.Outputs[i])
                : session.Wrap(gradient);
            node.Outputs[i].Tensor.Grad = null;
        }

        if (!any)
            return;
        object result;
        using (NoGrad.Enter())
            result = Py.Call(node.Backward, [node.Context, .. gradients], null);
        var returned = result is PyTuple tuple ? tuple.Items : [result];
        if (returned.Length < node.Inputs.Length)
        {
            throw PyErrors.RuntimeError(
                $"function {node.Context.Class.Name} returned an incorrect number of gradients (expected {node.Inputs.Length}, got {returned.Length})");
        }

        for (var i = 0; i < node.Inputs.Length; i++)
        {
            if (node.Inputs[i] is TensorObject { Tensor.RequiresGrad: true } input && returned[i] is TensorObject value)
                Aten.Guard(() => input.Tensor.Backward(value.Tensor, retainGraph: true, createGraph));
        }
    }
}

using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Autograd;

/// <summary>backward(), with custom functions in the graph.</summary>
internal static class Engine
{
    // After so many calls of backward() that did not reach it, a function is taken for one that nothing reaches.
    private const int Patience = 8;

    private static readonly Operator s_add = Operators.Get("add", "Tensor");

    /// <summary>torch.autograd.grad: the gradients of outputs with respect to inputs, null where there is none.</summary>
    public static Tensor?[] Gradients(TensorObject[] outputs, TensorObject[] inputs, TensorObject[]? weights, bool retainGraph, bool createGraph, bool allowUnused)
    {
        if (weights is not null)
            CheckShapes(weights, outputs);
        var nodes = CandidateSession.Current.FunctionNodes;
        Tensor[] from = [.. outputs.Select(t => t.Tensor)];
        Tensor[] wanted = [.. inputs.Select(t => t.Tensor)];
        var given = weights?.Select(t => (Tensor?)t.Tensor).ToArray();
        if (nodes.Count == 0)
            return Aten.Guard(() => Tensor.Gradients(from, wanted, given, retainGraph, createGraph, allowUnused));
        Tensor[] targets = [.. wanted, .. nodes.SelectMany(node => node.Outputs).Select(t => t.Tensor)];
        var sums = new Tensor?[targets.Length];
        void Add(Tensor[] tensors, Tensor?[]? factors)
        {
            var found = Aten.Guard(() => Tensor.Gradients(tensors, targets, factors, true, createGraph, true));
            for (var i = 0; i < sums.Length; i++)
                sums[i] = found[i] is { } gradient && sums[i] is { } sum ? s_add.Call(sum, gradient, 1.0) : found[i] ?? sums[i];
        }

        Add(from, given);
        var end = targets.Length;
        for (var n = nodes.Count - 1; n >= 0; n--)
        {
            var node = nodes[n];
            end -= node.Outputs.Length;
            foreach (var (input, value) in InputGradients(node, sums.AsSpan(end, node.Outputs.Length).ToArray(), createGraph))
                Add([input], [value]);
        }

        return allowUnused || sums.AsSpan(0, wanted.Length).IndexOf((Tensor?)null) < 0
            ? sums[..wanted.Length]
            : throw PyErrors.RuntimeError("One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.");
    }

    // A gradient has its output's shape; nothing is broadcast.
    private static void CheckShapes(TensorObject[] gradients, TensorObject[] outputs)
    {
        for (var i = 0; i < gradients.Length && i < outputs.Length; i++)
        {
            if (!gradients[i].Shape.SequenceEqual(outputs[i].Shape))
                throw PyErrors.RuntimeError($"Mismatch in shape: grad_output[{i}] has a shape of {Py.Repr(SizeObject.Of(gradients[i].Shape))} and output[{i}] has a shape of {Py.Repr(SizeObject.Of(outputs[i].Shape))}.");
        }
    }

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

        if (gradient is not null)
            CheckShapes([gradient], [self]);
        session.Tensors.BeforeBackward();
        var nodes = session.FunctionNodes;
        Aten.Guard(() => self.Tensor.Backward(gradient?.Tensor, retainGraph || nodes.Count > 0, createGraph));
        if (nodes.Count == 0)
            return;
        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            if (Propagate(nodes[i], createGraph) ? !retainGraph : ++nodes[i].Missed > Patience)
                nodes.RemoveAt(i);
        }
    }

    // Whether any gradient came to the node.
    private static bool Propagate(FunctionNode node, bool createGraph)
    {
        var gradients = Array.ConvertAll(node.Outputs, output => output.Tensor.Grad);
        foreach (var output in node.Outputs)
            output.Tensor.Grad = null;
        foreach (var (input, value) in InputGradients(node, gradients, createGraph))
            Aten.Guard(() => input.Backward(value, retainGraph: true, createGraph));
        return gradients.Any(gradient => gradient is not null);
    }

    // What the candidate's backward() gives for the inputs that require gradients.
    private static List<(Tensor Input, Tensor Gradient)> InputGradients(FunctionNode node, Tensor?[] gradients, bool createGraph)
    {
        var found = new List<(Tensor, Tensor)>();
        if (gradients.All(gradient => gradient is null))
            return found;
        object[] given = [.. gradients.Select((gradient, i) => gradient is null ? Aten.Call("zeros_like", node.Outputs[i]) : CandidateSession.Current.Wrap(gradient))];
        object result;
        using (createGraph ? NoGrad.EnableGrad() : NoGrad.Enter())
            result = Py.Call(node.Backward, [node.Context, .. given], null);
        var returned = result is PyTuple tuple ? tuple.Items : [result];
        if (returned.Length < node.Inputs.Length)
        {
            throw PyErrors.RuntimeError(
                $"function {node.Context.Class.Name} returned an incorrect number of gradients (expected {node.Inputs.Length}, got {returned.Length})");
        }

        for (var i = 0; i < node.Inputs.Length; i++)
        {
            if (node.Inputs[i] is TensorObject { Tensor.RequiresGrad: true } input && returned[i] is TensorObject value)
                found.Add((input.Tensor, value.Tensor));
        }

        return found;
    }
}

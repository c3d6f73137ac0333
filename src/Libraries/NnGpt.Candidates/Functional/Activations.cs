using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Functional;

/// <summary>Activations that are more than one operator.</summary>
internal static class Activations
{
    public static TensorObject Softsign(TensorObject input) =>
        Aten.Call("div.Tensor", input, Aten.Call("add.Scalar", Aten.Call("abs", input), 1L));

    public static TensorObject Tanhshrink(TensorObject input) => Aten.Call("sub.Tensor", input, Aten.Call("tanh", input));

    /// <summary>softmax, log_softmax and softmin; without dim, the one that PyTorch guesses.</summary>
    public static TensorObject Softmax(string kind, TensorObject input, object dim, object? dtype = null)
    {
        var at = dim is PyNone ? input.Dim is 0 or 1 or 3 ? 0L : 1L : Py.ToLong(dim);
        Argument type = dtype is DTypeObject wanted ? wanted.Value : Argument.None;
        return kind switch
        {
            "softmin" => Aten.Call("softmax.int", Aten.Call("neg", input), at, type),
            "softmax" => Aten.Call("softmax.int", input, at, type),
            _ => Aten.Call("log_softmax.int", input, at, type),
        };
    }

    public static TensorObject GumbelSoftmax(TensorObject logits, double tau, bool hard, long dim)
    {
        var gumbels = Aten.Call("neg", Aten.Call("log", Aten.InPlace("exponential_", Aten.Call("empty_like", logits))));
        gumbels = Aten.Call("div.Scalar", Aten.Call("add.Tensor", logits, gumbels), tau);
        var soft = Aten.Call("softmax.int", gumbels, dim);
        if (!hard)
            return soft;
        var index = Aten.CallMany("max.dim", soft, dim, true)[1];
        var oneHot = Aten.InPlace("scatter_.value", Aten.Call("zeros_like", logits), dim, index, 1.0);
        return Aten.Call("add.Tensor", Aten.Call("sub.Tensor", oneHot, Aten.Call("detach", soft)), soft);
    }
}

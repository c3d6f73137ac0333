using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Functional;

/// <summary>The dropout functions.</summary>
internal static class Dropouts
{
    public static TensorObject Apply(string kind, TensorObject input, double p, bool training, bool inPlace)
    {
        if (p is < 0 or > 1)
            throw PyErrors.ValueError($"dropout probability has to be between 0 and 1, but got {Py.Repr(p)}");
        if (kind == "dropout1d")
        {
            if (input.Dim is not (2 or 3))
                throw Aten.OfOperator(PyErrors.RuntimeError($"dropout1d: Expected 2D or 3D input, but received a {input.Dim}D input. Note that dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs)."));
            var batched = input.Dim == 3;
            var x = batched ? input : Aten.Call("unsqueeze", input, 0L);
            var result = Call("feature_dropout", x, p, training, inPlace);
            return batched ? result : Aten.Call("squeeze.dim", result, 0L);
        }

        return kind switch
        {
            "dropout2d" or "dropout3d" => Call("feature_dropout", input, p, training, inPlace),
            "feature_alpha_dropout" => Call("feature_alpha_dropout", input, p, training, inPlace),
            _ => Call(kind, input, p, training, inPlace),
        };
    }

    private static TensorObject Call(string op, TensorObject input, double p, bool training, bool inPlace) =>
        inPlace ? Aten.InPlace(op + "_", input, p, training) : Aten.Call(op, input, p, training);
}

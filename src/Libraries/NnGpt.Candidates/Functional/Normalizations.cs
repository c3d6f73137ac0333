using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Functional;

/// <summary>Normalisation functions with the checks that PyTorch makes in Python.</summary>
internal static class Normalizations
{
    public static TensorObject BatchNorm(
        TensorObject input, TensorObject? mean, TensorObject? variance, TensorObject? weight, TensorObject? bias, bool training, double momentum, double eps)
    {
        if (training)
            CheckBatch(input, 2);
        return Aten.Call("batch_norm", input, weight, bias, mean, variance, training, momentum, eps, false);
    }

    public static TensorObject InstanceNorm(
        TensorObject input, TensorObject? mean, TensorObject? variance, TensorObject? weight, TensorObject? bias, bool useInput, double momentum, double eps)
    {
        if (useInput && input.Shape.Length > 2 && input.Shape[2..].Aggregate(1L, (p, s) => p * s) == 1)
            throw PyErrors.ValueError($"Expected more than 1 spatial element when training, got input size {Py.Repr(SizeObject.Of(input.Shape))}");
        return Aten.Call("instance_norm", input, weight, bias, mean, variance, useInput, momentum, eps, false);
    }

    public static TensorObject GroupNorm(TensorObject input, long groups, TensorObject? weight, TensorObject? bias, double eps)
    {
        var shape = input.Shape;
        if (shape.Length < 2)
            throw Aten.OfOperator(PyErrors.RuntimeError($"Expected at least 2 dimensions for input tensor but received {shape.Length}"));
        if (groups > 0 && shape[0] * (shape[1] / groups) * shape[2..].Aggregate(1L, (p, s) => p * s) == 1)
            throw PyErrors.ValueError($"Expected more than 1 value per channel when training, got input size {Py.Repr(PyTuple.OfInts(shape))}");
        return Aten.Call("group_norm", input, groups, weight, bias, eps, true);
    }

    public static TensorObject LocalResponseNorm(TensorObject input, long size, double alpha, double beta, double k)
    {
        var dim = input.Dim;
        if (dim < 3)
            throw PyErrors.ValueError($"Expected 3D or higher dimensionality                          input (got {dim} dimensions)");
        if (input.Tensor.NumElements == 0)
            return input;
        var square = Aten.Call("unsqueeze", Aten.Call("mul.Tensor", input, input), 1L);
        if (dim == 3)
        {
            square = Aten.Call("constant_pad_nd", square, new long[] { 0, 0, size / 2, (size - 1) / 2 }, 0.0);
            square = Aten.Call("squeeze.dim", Aten.Call("avg_pool2d", square, new long[] { size, 1 }, new long[] { 1, 1 }), 1L);
        }
        else
        {
            var shape = input.Shape;
            square = Aten.Call("view", square, new long[] { shape[0], 1, shape[1], shape[2], -1 });
            square = Aten.Call("constant_pad_nd", square, new long[] { 0, 0, 0, 0, size / 2, (size - 1) / 2 }, 0.0);
            square = Aten.Call("squeeze.dim", Aten.Call("avg_pool3d", square, new long[] { size, 1, 1 }, new long[] { 1, 1, 1 }), 1L);
            square = Aten.Call("view", square, shape);
        }

        var divisor = Aten.Call("pow.Tensor_Scalar", Aten.Call("add.Scalar", Aten.Call("mul.Scalar", square, alpha), k), beta);
        return Aten.Call("div.Tensor", input, divisor);
    }

    public static TensorObject Normalize(TensorObject input, double p, object dim, double eps)
    {
        var norm = Aten.Call("clamp_min", Norms.Norm(input, p, dim, true), eps);
        return Aten.Call("div.Tensor", input, Aten.Call("expand_as", norm, input));
    }

    private static void CheckBatch(TensorObject input, int skip)
    {
        var shape = input.Shape;
        if (shape.Length < 2)
            return;
        if (shape[0] * shape[skip..].Aggregate(1L, (p, s) => p * s) == 1)
            throw PyErrors.ValueError($"Expected more than 1 value per channel when training, got input size {Py.Repr(SizeObject.Of(shape))}");
    }
}

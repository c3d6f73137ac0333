using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

/// <summary>torch.nn.init: the same draws from the generator, in the same order, as PyTorch 1.13.</summary>
internal static class Initialization
{
    public static TensorObject Uniform(TensorObject tensor, double a, double b) => Quietly("uniform_", tensor, a, b);

    public static TensorObject Normal(TensorObject tensor, double mean, double std) => Quietly("normal_", tensor, mean, std);

    public static TensorObject Fill(TensorObject tensor, double value) => Quietly("fill_.Scalar", tensor, value);

    public static TensorObject KaimingUniform(TensorObject tensor, double a = 0, string mode = "fan_in", string nonlinearity = "leaky_relu")
    {
        if (tensor.Shape.Contains(0))
            return tensor;
        var std = Gain(nonlinearity, a) / Math.Sqrt(CorrectFan(tensor, mode));
        var bound = Math.Sqrt(3.0) * std;
        return Uniform(tensor, -bound, bound);
    }

    public static TensorObject KaimingNormal(TensorObject tensor, double a = 0, string mode = "fan_in", string nonlinearity = "leaky_relu")
    {
        if (tensor.Shape.Contains(0))
            return tensor;
        return Normal(tensor, 0, Gain(nonlinearity, a) / Math.Sqrt(CorrectFan(tensor, mode)));
    }

    public static TensorObject XavierUniform(TensorObject tensor, double gain = 1)
    {
        var (fanIn, fanOut) = Fans(tensor);
        var std = gain * Math.Sqrt(2.0 / (fanIn + fanOut));
        var bound = Math.Sqrt(3.0) * std;
        return Uniform(tensor, -bound, bound);
    }

    public static TensorObject XavierNormal(TensorObject tensor, double gain = 1)
    {
        var (fanIn, fanOut) = Fans(tensor);
        return Normal(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
    }

    public static TensorObject TruncatedNormal(TensorObject tensor, double mean = 0, double std = 1, double a = -2, double b = 2)
    {
        double Cdf(double x) => Math.ScaleB(1 + Erf(x / Math.Sqrt(2.0)), -1);
        var low = Cdf((a - mean) / std);
        var high = Cdf((b - mean) / std);
        using var guard = NoGrad.Enter();
        Aten.InPlace("uniform_", tensor, 2 * low - 1, 2 * high - 1);
        Aten.InPlace("erfinv_", tensor);
        Aten.InPlace("mul_.Scalar", tensor, std * Math.Sqrt(2.0));
        Aten.InPlace("add_.Scalar", tensor, mean);
        return Aten.InPlace("clamp_", tensor, a, b);
    }

    public static TensorObject Orthogonal(TensorObject tensor, double gain = 1)
    {
        if (tensor.Dim < 2)
            throw PyErrors.ValueError("Only tensors with 2 or more dimensions are supported");
        if (tensor.Tensor.NumElements == 0)
            return tensor;
        var rows = tensor.Shape[0];
        var columns = tensor.Tensor.NumElements / rows;
        using var guard = NoGrad.Enter();
        var flattened = Aten.Call("normal_functional", Aten.Call("empty.memory_format", new long[] { rows, columns }), 0.0, 1.0);
        if (rows < columns)
            flattened = Aten.Call("t", flattened);
        var decomposition = Aten.CallMany("linalg_qr", flattened);
        var signs = Aten.Call("sign", Aten.Call("diagonal", decomposition[1], 0L));
        var q = Aten.Call("mul.Tensor", decomposition[0], signs);
        if (rows < columns)
            q = Aten.Call("t", q);
        Aten.InPlace("copy_", tensor, Aten.Call("reshape", q, tensor.Shape));
        return Aten.InPlace("mul_.Scalar", tensor, gain);
    }

    public static TensorObject Eye(TensorObject tensor)
    {
        if (tensor.Dim != 2)
            throw PyErrors.ValueError("Only tensors with 2 dimensions are supported");
        return Quietly("copy_", tensor, Aten.Call("eye.m", tensor.Shape[0], tensor.Shape[1]));
    }

    public static TensorObject Dirac(TensorObject tensor, long groups)
    {
        if (tensor.Dim is < 3 or > 5)
            throw PyErrors.ValueError("Only tensors with 3, 4, or 5 dimensions are supported");
        var shape = tensor.Shape;
        if (shape[0] % groups != 0)
            throw PyErrors.ValueError("dim 0 must be divisible by groups");
        Fill(tensor, 0);
        var perGroup = shape[0] / groups;
        for (long g = 0; g < groups; g++)
        {
            for (long d = 0; d < Math.Min(perGroup, shape[1]); d++)
            {
                var index = new List<object> { Py.Int(g * perGroup + d), Py.Int(d) };
                index.AddRange(shape[2..].Select(size => Py.Int(size / 2)));
                using var guard = NoGrad.Enter();
                Indexing.Set(tensor, new PyTuple([.. index]), Py.Int(1));
            }
        }

        return tensor;
    }

    public static TensorObject Sparse(TensorObject tensor, double sparsity, double std)
    {
        if (tensor.Dim != 2)
            throw PyErrors.ValueError("Only tensors with 2 dimensions are supported");
        var rows = tensor.Shape[0];
        var zeros = (long)Math.Ceiling(sparsity * rows);
        Normal(tensor, 0, std);
        using var guard = NoGrad.Enter();
        for (long column = 0; column < tensor.Shape[1]; column++)
        {
            var order = Aten.Call("randperm", rows);
            Indexing.Set(tensor, new PyTuple(Indexing.Get(order, new PySlice(Py.None, Py.Int(zeros), Py.None)), Py.Int(column)), Py.Int(0));
        }

        return tensor;
    }

    public static (long FanIn, long FanOut) Fans(TensorObject tensor)
    {
        if (tensor.Dim < 2)
            throw PyErrors.ValueError("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
        var shape = tensor.Shape;
        var field = shape[2..].Aggregate(1L, (product, size) => product * size);
        return (shape[1] * field, shape[0] * field);
    }

    public static double Gain(string nonlinearity, double? parameter = null) => nonlinearity switch
    {
        "linear" or "conv1d" or "conv2d" or "conv3d" or "conv_transpose1d" or "conv_transpose2d" or "conv_transpose3d" or "sigmoid" => 1,
        "tanh" => 5.0 / 3,
        "relu" => Math.Sqrt(2.0),
        "leaky_relu" => Math.Sqrt(2.0 / (1 + Math.Pow(parameter ?? 0.01, 2))),
        "selu" => 3.0 / 4,
        _ => throw PyErrors.ValueError($"Unsupported nonlinearity {nonlinearity}"),
    };

    private static long CorrectFan(TensorObject tensor, string mode)
    {
        var lower = mode.ToLowerInvariant();
        if (lower is not ("fan_in" or "fan_out"))
            throw PyErrors.ValueError($"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']");
        var (fanIn, fanOut) = Fans(tensor);
        return lower == "fan_in" ? fanIn : fanOut;
    }

    private static TensorObject Quietly(string name, TensorObject tensor, params ReadOnlySpan<Argument> arguments)
    {
        using var guard = NoGrad.Enter();
        return Aten.InPlace(name, tensor, arguments);
    }

    // Only for the bounds of truncated normals: libtorch's own erf in double precision.
    private static double Erf(double x)
    {
        using var value = Tensor.FromArray<double>([x], 1);
        using var result = Operators.Get("erf").Call(value);
        return result.ToArray<double>()[0];
    }
}

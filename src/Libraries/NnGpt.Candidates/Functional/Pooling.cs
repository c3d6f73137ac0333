using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Functional;

/// <summary>Pooling functions.</summary>
internal static class Pooling
{
    public static object Max(int dims, TensorObject input, object kernel, object stride, object padding, object dilation, bool ceil, bool indices)
    {
        var op = $"max_pool{dims}d";
        var k = LayerTable.Ints(kernel, op, "kernel_size");
        var s = stride is PyNone ? [] : LayerTable.Ints(stride, op, "stride");
        var p = LayerTable.Ints(padding, op, "padding");
        var d = LayerTable.Ints(dilation, op, "dilation");
        if (indices)
            return new PyTuple([.. Aten.CallMany($"{op}_with_indices", input, k, s, p, d, ceil)]);
        return Aten.Call(op, input, k, s, p, d, ceil);
    }

    public static TensorObject Average(int dims, TensorObject input, object kernel, object stride, object padding, bool ceil, bool countPad, object divisor)
    {
        var op = $"avg_pool{dims}d";
        var k = LayerTable.Ints(kernel, op, "kernel_size");
        var s = stride is PyNone ? [] : LayerTable.Ints(stride, op, "stride");
        var p = LayerTable.Ints(padding, op, "padding");
        return dims == 1
            ? Aten.Call(op, input, k, s, p, ceil, countPad)
            : Aten.Call(op, input, k, s, p, ceil, countPad, divisor is PyNone ? Argument.None : Py.ToLong(divisor));
    }

    public static TensorObject AdaptiveAverage(int dims, TensorObject input, object size) =>
        Aten.Call($"adaptive_avg_pool{dims}d", input, OutputSize(dims, input, size, "avg"));

    public static object AdaptiveMax(int dims, TensorObject input, object size, bool indices)
    {
        var result = Aten.CallMany($"adaptive_max_pool{dims}d", input, OutputSize(dims, input, size, "max"));
        return indices ? new PyTuple([.. result]) : result[0];
    }

    public static TensorObject Power(int dims, TensorObject input, double norm, object kernel, object stride, bool ceil)
    {
        var k = LayerTable.Ints(kernel, "lp_pool", "kernel_size");
        var count = dims == 1 ? k[0] : k.Length == 1 ? k[0] * k[0] : k[0] * k[1];
        var pooled = Average(dims, Aten.Call("pow.Tensor_Scalar", input, norm), kernel, stride, Py.Int(0), ceil, true, Py.None);
        var positive = Aten.Call("mul.Tensor", Aten.Call("sign", pooled), Aten.Call("relu", Aten.Call("abs", pooled)));
        return Aten.Call("pow.Tensor_Scalar", Aten.Call("mul.Scalar", positive, (double)count), 1.0 / norm);
    }

    public static TensorObject Unpool(int dims, TensorObject input, TensorObject indices, object kernel, object stride, object padding, object outputSize)
    {
        var k = Each(kernel, dims);
        var s = stride is PyNone ? k : Each(stride, dims);
        var p = Each(padding, dims);
        var spatial = input.Shape[^dims..];
        var size = outputSize is PyNone
            ? [.. spatial.Select((n, i) => (n - 1) * s[i] + k[i] - 2 * p[i])]
            : LayerTable.Ints(outputSize, "max_unpool", "output_size")[^dims..];
        AllocationGuard.CheckShape(Execution.CandidateSession.Current, [.. input.Shape[..^dims], .. size]);
        return dims switch
        {
            1 => Aten.Call("squeeze.dim", Aten.Call("max_unpool2d", Aten.Call("unsqueeze", input, -1L), Aten.Call("unsqueeze", indices, -1L), new long[] { size[0], 1 }), -1L),
            2 => Aten.Call("max_unpool2d", input, indices, size),
            _ => Aten.Call("max_unpool3d", input, indices, size, s, p),
        };
    }

    private static long[] Each(object value, int dims)
    {
        var items = LayerTable.Ints(value, "max_unpool", "kernel_size");
        return items.Length == dims ? items : [.. Enumerable.Repeat(items[0], dims)];
    }

    // None in an output size keeps the input's size.
    private static long[] OutputSize(int dims, TensorObject input, object size, string kind)
    {
        if (size is not (PyTuple or PyList))
        {
            if (dims == 1 || !Py.TryIndex(size, out var single) || size is double or bool)
                return LayerTable.Ints(size, $"adaptive_{kind}_pool{dims}d", "output_size");
            return [.. Enumerable.Repeat(single, dims)];
        }

        var items = Py.ToList(size);
        var shape = input.Shape;
        if (items.Any(i => i is PyNone))
        {
            if (shape.Length <= items.Count)
                throw PyErrors.ValueError("Input dimension should be at least " + (items.Count + 1));
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i] is PyNone)
                    items[i] = Py.Int(shape[shape.Length - items.Count + i]);
            }
        }

        return LayerTable.Ints(new PyList(items), $"adaptive_{kind}_pool{dims}d", "output_size");
    }
}

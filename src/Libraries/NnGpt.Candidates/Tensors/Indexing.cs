using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

/// <summary>x[...] and x[...] = v: ints, slices, None, Ellipsis, bools, and tensors or lists of indices.</summary>
internal static class Indexing
{
    public static object Get(TensorObject self, object key)
    {
        key = FromArrays(key);
        if (key is long single)
            return Select(self, 0, single);
        var (view, indices) = Apply(self, key);
        if (indices is null)
            return ReferenceEquals(view, self) ? Aten.Call("alias", self) : view;
        return Aten.Call("index.Tensor", view, Handles(indices));
    }

    public static object? Set(TensorObject self, object key, object value)
    {
        key = FromArrays(key);
        var (view, indices) = Apply(self, key);
        var source = value as TensorObject ?? (Py.Unbox(value) is long or double or bool
            ? Aten.Call("to.dtype", Aten.Call("scalar_tensor", Number(value)), self.Tensor.Dtype)
            : throw PyErrors.TypeError($"can't assign a {Py.TypeName(value)} to a torch.{TypeName(self)}"));
        if (indices is null)
        {
            Aten.InPlace("copy_", view, TrimLeadingOnes(source, view.Dim));
            return null;
        }

        Aten.InPlace("index_put_", view, Handles(indices), Aten.Call("to.dtype", source, view.Tensor.Dtype), false);
        return null;
    }

    // Arrays of numpy index as tensors do.
    private static object FromArrays(object key) => key switch
    {
        PyTuple tuple when tuple.Items.Any(IsArray) => new PyTuple(Array.ConvertAll(tuple.Items, item => IsArray(item) ? TensorData.FromPython(item) : item)),
        _ => IsArray(key) ? TensorData.FromPython(key) : key,
    };

    private static bool IsArray(object value) => value is PyObject { Class: { Module: "numpy", Name: "ndarray" } };

    public static string TypeName(TensorObject self) => self.Tensor.Dtype switch
    {
        Dtype.Float32 => "FloatTensor",
        Dtype.Float64 => "DoubleTensor",
        Dtype.Int64 => "LongTensor",
        Dtype.Int32 => "IntTensor",
        Dtype.Int16 => "ShortTensor",
        Dtype.Int8 => "CharTensor",
        Dtype.UInt8 => "ByteTensor",
        Dtype.Bool => "BoolTensor",
        Dtype.Float16 => "HalfTensor",
        Dtype.BFloat16 => "BFloat16Tensor",
        _ => "Tensor",
    };

    private static Argument Number(object value) => Py.Unbox(value) switch
    {
        long number => number,
        bool flag => flag,
        double number => number,
        _ => throw new InvalidOperationException(),
    };

    private static TensorObject TrimLeadingOnes(TensorObject source, int dim)
    {
        while (source.Dim > dim && source.Shape[0] == 1)
            source = Aten.Call("squeeze.dim", source, 0L);
        return source;
    }

    private static TensorObject Select(TensorObject self, int dim, long index)
    {
        if (self.Dim == 0)
            throw PyErrors.IndexError("invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number");
        var size = self.Shape[dim];
        if (index < -size || index >= size)
            throw Aten.OfOperator(PyErrors.IndexError($"index {index} is out of bounds for dimension {dim} with size {size}"));
        return Aten.Call("select.int", self, (long)dim, index);
    }

    // Ints, slices and None become views at once; tensors are gathered for one index call.
    private static (TensorObject View, TensorObject?[]? Indices) Apply(TensorObject self, object key)
    {
        var items = Items(key);
        var consumed = items.Sum(Consumes);
        if (consumed > self.Dim)
            throw Aten.OfOperator(PyErrors.IndexError($"too many indices for tensor of dimension {self.Dim}"));
        var view = self;
        var dim = 0;
        var tensors = new List<TensorObject?>();
        var any = false;
        foreach (var item in items)
        {
            switch (item)
            {
                case PyEllipsis:
                    dim += self.Dim - (int)consumed;
                    break;
                case PyNone:
                    view = Aten.Call("unsqueeze", view, (long)dim++);
                    break;
                case bool flag:
                    view = Aten.Call("unsqueeze", view, (long)dim);
                    Put(FlagIndex(flag), dim++);
                    break;
                case PySlice slice:
                    view = Slice(view, dim++, slice);
                    break;
                case TensorObject { Dim: 0 } scalar when !IsMask(scalar):
                    view = Select(view, dim, Py.ToLong(scalar));
                    break;
                case TensorObject index:
                    if (index.Tensor.Dtype.IsFloatingPoint())
                        throw PyErrors.IndexError("tensors used as indices must be long, byte or bool tensors");
                    if (IsMask(index) && index.Dim == 0)
                        view = Aten.Call("unsqueeze", view, (long)dim);
                    Put(index, dim);
                    dim++;
                    break;
                case PyList or PyTuple or PyObject { Class.Name: "range" }:
                    var list = TensorData.FromPython(item is PyList or PyTuple ? item : new PyList(Py.ToList(item)), null);
                    Put(list.Tensor.NumElements == 0 ? Aten.Call("to.dtype", list, Dtype.Int64) : list, dim++);
                    break;
                default:
                    // To PyTorch text is a sequence, as a list of indices is one.
                    if (item is string)
                        throw PyErrors.TypeError("new(): invalid data type 'str'");
                    if (!Py.TryIndex(item, out var number))
                    {
                        throw PyErrors.IndexError(
                            $"only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got {Py.TypeName(item)})");
                    }

                    view = Select(view, dim, number);
                    break;
            }
        }

        return any ? (view, tensors.ToArray()) : (view, null);

        void Put(TensorObject index, int at)
        {
            any = true;
            while (tensors.Count < at)
                tensors.Add(null);
            tensors.Add(index);
        }
    }

    private static Tensor?[] Handles(TensorObject?[] indices) => Array.ConvertAll(indices, index => index?.Tensor);

    private static TensorObject FlagIndex(bool flag) =>
        Aten.Call("to.dtype", Aten.Call(flag ? "ones" : "zeros", new long[] { 1 }), Dtype.Bool);

    private static bool IsMask(TensorObject tensor) => tensor.Tensor.Dtype is Dtype.Bool or Dtype.UInt8;

    private static long Consumes(object item) => item switch
    {
        PyNone or PyEllipsis or bool => 0,
        TensorObject mask when IsMask(mask) => mask.Dim,
        _ => 1,
    };

    private static object[] Items(object key) => key switch
    {
        PyTuple tuple => tuple.Items,
        // A list of slices or lists counts as a tuple, as in numpy.
        PyList list when list.Items.Any(i => i is PySlice or PyEllipsis or PyNone or TensorObject { Dim: > 0 } or PyList) => [.. list.Items],
        _ => [key],
    };

    private static TensorObject Slice(TensorObject view, int dim, PySlice slice)
    {
        if (slice.Start is PyNone && slice.Stop is PyNone && slice.Step is PyNone)
            return view;
        var step = slice.Step is PyNone ? 1 : Py.ToLong(slice.Step);
        if (step == 0)
            throw PyErrors.ValueError("slice step cannot be zero");
        if (step < 0)
            throw PyErrors.ValueError("step must be greater than zero");
        if (view.Dim == 0)
            throw PyErrors.IndexError("slice() cannot be applied to a 0-dim tensor.");
        Argument start = slice.Start is PyNone ? 0L : Py.ToLong(slice.Start);
        Argument stop = slice.Stop is PyNone ? long.MaxValue : Py.ToLong(slice.Stop);
        return Aten.Call("slice.Tensor", view, (long)dim, start, stop, step);
    }
}

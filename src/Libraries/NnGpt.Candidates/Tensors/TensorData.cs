using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

/// <summary>Numbers and nested lists to tensors, and back.</summary>
internal static class TensorData
{
    /// <summary>torch.tensor(data, dtype=...).</summary>
    public static TensorObject FromPython(object data, Dtype? dtype = null)
    {
        var session = CandidateSession.Current;
        if (data is TensorObject tensor)
        {
            var copy = Aten.Call("clone", Aten.Call("detach", tensor));
            return dtype is { } wanted ? Aten.Call("to.dtype", copy, wanted) : copy;
        }

        dtype ??= OfArray(data);
        var shape = new List<long>();
        Measure(data, shape);
        var values = new List<object>();
        Flatten(data, shape, 0, values);
        AllocationGuard.CheckCount(session, values.Count);
        if (values.Exists(v => v is PyComplex))
        {
            var parts = Aten.Call("complex", Parts(values, shape, z => z.Real), Parts(values, shape, z => z.Imaginary));
            return Aten.Call("to.dtype", parts, dtype ?? (session.DefaultDtype == Dtype.Float64 ? Dtype.Complex128 : Dtype.Complex64));
        }

        var kind = dtype ?? Infer(values, session);
        return Aten.Guard(() =>
        {
            Tensor made;
            if (values.All(v => v is long or bool))
            {
                made = Tensor.FromArray<long>(values.Select(v => v is bool flag ? flag ? 1L : 0L : (long)v).ToArray(), ShapeOf(shape));
            }
            else
            {
                made = Tensor.FromArray<double>(values.Select(ToDouble).ToArray(), ShapeOf(shape));
            }

            using (made)
            {
                using var plain = shape.Count == 0 ? made.Reshape() : made.Alias();
                return session.Wrap(plain.Dtype == kind ? plain.Clone() : plain.To(kind));
            }
        });
    }

    // What numpy's arrays and numbers are made of; lists of them too.
    private static Dtype? OfArray(object data)
    {
        if (data is PyList or PyTuple)
        {
            if (Py.ToList(data) is not [{ } first, ..])
                return null;
            data = first;
        }

        if (data is not PyObject { Class.Module: "numpy" } array || Py.FindAttr(array, "dtype") is not { } kind)
            return null;
        return Enum.GetValues<Dtype>().Where(candidate => candidate.PythonName() == Py.Str(kind)).Select(candidate => (Dtype?)candidate).FirstOrDefault();
    }

    private static TensorObject Parts(List<object> values, List<long> shape, Func<System.Numerics.Complex, double> part) => FromPython(
        new PyList(values.ConvertAll(v => (object)part(v is PyComplex z ? z.Value : ToDouble(v)))), Dtype.Float64) is var flat
        ? Aten.Call("reshape", flat, (long[])[.. shape]) : flat;

    /// <summary>tensor.item().</summary>
    public static object Item(TensorObject self)
    {
        if (self.Tensor.NumElements != 1)
            throw PyErrors.ValueError("only one element tensors can be converted to Python scalars");
        return Aten.Guard(() => Operators.Call("_local_scalar_dense", [self.Tensor])!) switch
        {
            long number => Py.Int(number),
            bool flag => Py.Bool(flag),
            var other => other,
        };
    }

    /// <summary>tensor.tolist().</summary>
    public static object ToList(TensorObject self)
    {
        if (self.Dim == 0)
            return Item(self);
        var shape = self.Shape;
        var position = 0;
        if (self.Tensor.Dtype.IsFloatingPoint())
        {
            var values = self.Tensor.ToArray<double>();
            return Nest(shape, 0, () => values[position++]);
        }

        var isBool = self.Tensor.Dtype == Dtype.Bool;
        var numbers = self.Tensor.ToArray<long>();
        return Nest(shape, 0, () => isBool ? Py.Bool(numbers[position++] != 0) : Py.Int(numbers[position++]));
    }

    private static PyList Nest(long[] shape, int dim, Func<object> next)
    {
        var items = new List<object>();
        for (long i = 0; i < shape[dim]; i++)
            items.Add(dim == shape.Length - 1 ? next() : Nest(shape, dim + 1, next));
        return new PyList(items);
    }

    private static long[] ShapeOf(List<long> shape) => shape.Count == 0 ? [1] : [.. shape];

    private static void Measure(object data, List<long> shape)
    {
        while (true)
        {
            switch (data)
            {
                case PyTuple or PyList:
                    var items = Py.ToList(data);
                    shape.Add(items.Count);
                    if (items.Count == 0)
                        return;
                    data = items[0];
                    continue;
                case TensorObject tensor:
                    shape.AddRange(tensor.Shape);
                    return;
                default:
                    if (data is not string && Py.Unbox(data) is not (long or double or bool) && Py.TypeOf(data).Lookup("__len__") is not null && data is not (PySet or PyDict))
                    {
                        data = new PyList(Py.ToList(data));
                        continue;
                    }

                    return;
            }
        }
    }

    private static void Flatten(object data, List<long> shape, int dim, List<object> values)
    {
        if (data is TensorObject tensor)
        {
            if (tensor.Tensor.NumElements != 1 && dim > 0)
                throw PyErrors.ValueError("only one element tensors can be converted to Python scalars");
            if (tensor.Dim > 0)
                Flatten(ToList(tensor), shape, dim, values);
            else
                values.Add(Item(tensor));
            return;
        }

        if (dim < shape.Count)
        {
            if (!Py.IsIterable(data) || data is string)
                throw PyErrors.TypeError($"expected sequence of length {shape[dim]} at dim {dim} (got {Py.TypeName(data)})");
            var items = Py.ToList(data);
            if (items.Count != shape[dim])
                throw PyErrors.ValueError($"expected sequence of length {shape[dim]} at dim {dim} (got {items.Count})");
            foreach (var item in items)
                Flatten(item, shape, dim + 1, values);
            return;
        }

        var plain = Py.Unbox(data);
        if (plain is not (long or double or bool or PyComplex))
        {
            throw data switch
            {
                string => PyErrors.TypeError("new(): invalid data type 'str'"),
                PyNone => PyErrors.RuntimeError("Could not infer dtype of NoneType"),
                PyList or PyTuple => PyErrors.TypeError("not a sequence"),
                _ => PyErrors.RuntimeError($"Could not infer dtype of {Py.TypeName(data)}"),
            };
        }

        values.Add(plain);
    }

    private static double ToDouble(object value) => value switch
    {
        double number => number,
        bool flag => flag ? 1 : 0,
        _ => (long)value,
    };

    private static Dtype Infer(List<object> values, CandidateSession session) =>
        values.Count == 0 || values.Any(v => v is double) ? session.DefaultDtype
        : values.All(v => v is bool) ? Dtype.Bool
        : Dtype.Int64;
}

using NnGpt.Candidates.Dispatch;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

/// <summary>Functions that PyTorch writes in Python over several operators.</summary>
internal static class Norms
{
    /// <summary>torch.norm.</summary>
    public static TensorObject Norm(TensorObject input, object p, object dim, bool keepDim)
    {
        long[]? dims = dim is PyNone ? null : Dims(dim);
        if (Py.TryText(p, out var kind))
        {
            if (kind == "nuc")
                return Aten.Call("nuclear_norm", input, keepDim);
            if (kind != "fro")
                throw PyErrors.RuntimeError($"only valid string values are 'fro' and 'nuc', found {kind}");
            p = 2.0;
        }

        Argument along = dims is null ? Argument.None : dims;
        return Aten.Call("linalg_vector_norm", input, p is PyNone ? 2.0 : Py.ToDouble(p), along, keepDim);
    }

    /// <summary>torch.unique.</summary>
    public static object Unique(TensorObject input, bool sorted, bool inverse, bool counts, object dim)
    {
        var results = dim is PyNone
            ? Aten.CallMany("_unique2", input, sorted, inverse, counts)
            : Aten.CallMany("unique_dim", input, Py.ToLong(dim), sorted, inverse, counts);
        var wanted = new List<object> { results[0] };
        if (inverse)
            wanted.Add(results[1]);
        if (counts)
            wanted.Add(results[2]);
        return wanted.Count == 1 ? wanted[0] : new PyTuple([.. wanted]);
    }

    /// <summary>torch.unique_consecutive.</summary>
    public static object UniqueConsecutive(TensorObject input, bool inverse, bool counts, object dim)
    {
        var results = Aten.CallMany("unique_consecutive", input, inverse, counts, dim is PyNone ? Argument.None : Py.ToLong(dim));
        var wanted = new List<object> { results[0] };
        if (inverse)
            wanted.Add(results[1]);
        if (counts)
            wanted.Add(results[2]);
        return wanted.Count == 1 ? wanted[0] : new PyTuple([.. wanted]);
    }

    public static long[] Dims(object value) =>
        value is PyTuple or PyList ? [.. Py.ToList(value).Select(Py.ToLong)] : [Py.ToLong(value)];
}

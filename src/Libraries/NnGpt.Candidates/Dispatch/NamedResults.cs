using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Dispatch;

/// <summary>torch.return_types: results that are tuples with names.</summary>
internal sealed class NamedResults : PyTuple
{
    private static readonly Dictionary<string, PyClass> s_classes = new(StringComparer.Ordinal)
    {
        ["max"] = Make("max", "values", "indices"),
        ["min"] = Make("min", "values", "indices"),
        ["median"] = Make("median", "values", "indices"),
        ["nanmedian"] = Make("nanmedian", "values", "indices"),
        ["mode"] = Make("mode", "values", "indices"),
        ["sort"] = Make("sort", "values", "indices"),
        ["msort"] = Make("msort", "values", "indices"),
        ["topk"] = Make("topk", "values", "indices"),
        ["kthvalue"] = Make("kthvalue", "values", "indices"),
        ["cummax"] = Make("cummax", "values", "indices"),
        ["cummin"] = Make("cummin", "values", "indices"),
        ["aminmax"] = Make("aminmax", "min", "max"),
        ["svd"] = Make("svd", "U", "S", "V"),
        ["linalg_svd"] = Make("linalg_svd", "U", "S", "Vh"),
        ["qr"] = Make("qr", "Q", "R"),
        ["linalg_qr"] = Make("linalg_qr", "Q", "R"),
        ["linalg_eigh"] = Make("linalg_eigh", "eigenvalues", "eigenvectors"),
        ["linalg_eig"] = Make("linalg_eig", "eigenvalues", "eigenvectors"),
        ["slogdet"] = Make("slogdet", "sign", "logabsdet"),
        ["linalg_slogdet"] = Make("linalg_slogdet", "sign", "logabsdet"),
        ["linalg_lstsq"] = Make("linalg_lstsq", "solution", "residuals", "rank", "singular_values"),
        ["linalg_lu"] = Make("linalg_lu", "P", "L", "U"),
        ["linalg_lu_factor"] = Make("linalg_lu_factor", "LU", "pivots"),
        ["linalg_lu_factor_ex"] = Make("linalg_lu_factor_ex", "LU", "pivots", "info"),
        ["linalg_ldl_factor"] = Make("linalg_ldl_factor", "LD", "pivots"),
        ["linalg_inv_ex"] = Make("linalg_inv_ex", "inverse", "info"),
        ["linalg_cholesky_ex"] = Make("linalg_cholesky_ex", "L", "info"),
        ["linalg_solve_ex"] = Make("linalg_solve_ex", "result", "info"),
        ["symeig"] = Make("symeig", "eigenvalues", "eigenvectors"),
        ["triangular_solve"] = Make("triangular_solve", "solution", "cloned_coefficient"),
        ["geqrf"] = Make("geqrf", "a", "tau"),
        ["lu_unpack"] = Make("lu_unpack", "P", "L", "U"),
        ["histogram"] = Make("histogram", "hist", "bin_edges"),
        ["frexp"] = Make("frexp", "mantissa", "exponent"),
    };

    private NamedResults(PyClass cls, object[] items) : base(cls, items)
    {
    }

    public static object Wrap(string name, object result) =>
        result is PyTuple { Count: > 1 } tuple && tuple.GetType() == typeof(PyTuple) && s_classes.TryGetValue(name, out var cls)
            ? new NamedResults(cls, tuple.Items)
            : result;

    private static PyClass Make(string name, params string[] fields)
    {
        var cls = new PyClass(name, "torch.return_types", PyTypes.Tuple) { IsAbstractNative = true, IsQualified = true };
        for (var i = 0; i < fields.Length; i++)
        {
            var index = i;
            cls.Property(fields[i], self => ((PyTuple)self).Items[index]);
        }

        return cls;
    }
}

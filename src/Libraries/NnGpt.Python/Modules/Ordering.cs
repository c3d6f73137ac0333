using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>functools.total_ordering</c>.</summary>
internal static class Ordering
{
    public static PyClass Complete(PyClass cls)
    {
        string[] names = ["__lt__", "__gt__", "__le__", "__ge__"];
        var root = names.FirstOrDefault(n => cls.Lookup(n) is PyFunction)
            ?? throw PyErrors.ValueError("must define at least one ordering operation: < > <= >=");
        foreach (var name in names.Where(n => cls.Lookup(n) is not PyFunction))
        {
            cls.Set(name, new NativeFunction(name, "self, other, /", a =>
            {
                var result = Py.Call(cls.Lookup(root)!, a[0], a[1]);
                if (result is PyNotImplemented)
                    return result;
                var holds = Py.Truth(result);
                var equal = Py.AreEqual(a[0], a[1]);
                var (less, greater) = root switch
                {
                    "__lt__" => (holds, !holds && !equal),
                    "__gt__" => (!holds && !equal, holds),
                    "__le__" => (holds && !equal, !holds),
                    _ => (!holds, holds && !equal),
                };
                return name switch
                {
                    "__lt__" => less,
                    "__gt__" => greater,
                    "__le__" => less || equal,
                    _ => greater || equal,
                };
            }));
        }

        return cls;
    }
}

using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>types</c>.</summary>
internal static class TypesModule
{
    private static readonly PyClass s_namespace = new PyClass("SimpleNamespace", "types")
        .Method("__init__", "self, /, **kwargs", a =>
        {
            foreach (var (key, value) in a.Dict(1).Entries)
                a.As<PyInstance>(0).SetAttribute((string)key, value);
            return null;
        })
        .Method("__eq__", (a, b) => a is PyInstance x && b is PyInstance y && Py.IsInstance(b, Py.TypeOf(a))
            ? Py.Bool(Py.AreEqual(x.Attributes ?? new PyDict(), y.Attributes ?? new PyDict()))
            : PyNotImplemented.Value)
        .Method("__repr__", self => $"namespace({string.Join(", ", (((PyInstance)self).Attributes ?? new PyDict()).Entries.Select(e => $"{e.Key}={Py.Repr(e.Value)}"))})");

    public static PyModule Create() => new PyModule("types")
        .Add(s_namespace)
        .Set("FunctionType", PyTypes.Function)
        .Set("LambdaType", PyTypes.Function)
        .Set("MethodType", PyTypes.BoundMethod)
        .Set("BuiltinFunctionType", PyTypes.BuiltinFunction)
        .Set("BuiltinMethodType", PyTypes.BuiltinFunction)
        .Set("GeneratorType", PyTypes.Generator)
        .Set("ModuleType", PyTypes.Module)
        .Set("NoneType", PyTypes.NoneType)
        .Set("EllipsisType", PyTypes.EllipsisType)
        .Set("GenericAlias", PyTypes.GenericAlias)
        .Set("UnionType", PyTypes.GenericAlias)
        .Function("MappingProxyType", "mapping", a => ((PyDict)a[0]).Copy())
        .Function("new_class", "name, bases=(), kwds=None, exec_body=None", a =>
        {
            var names = new PyDict();
            if (!a.IsNone(3))
                Py.Call(a[3], names);
            return Py.Call(PyTypes.Type, a[0], PyTuple.From(Py.Iterate(a[1])), names);
        });
}

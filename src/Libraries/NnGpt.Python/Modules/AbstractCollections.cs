using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>collections.abc</c>: isinstance asks for the methods that define each class.</summary>
internal static class AbstractCollections
{
    private static readonly PyClass s_meta = new PyClass("ABCMeta", "abc", PyTypes.Type)
        .Method("__instancecheck__", (cls, value) => Py.Bool(Check((PyClass)cls, Py.TypeOf(value))))
        .Method("__subclasscheck__", (cls, sub) => Py.Bool(Check((PyClass)cls, (PyClass)sub)));

    private static readonly Dictionary<PyClass, string[]> s_required = new(ReferenceEqualityComparer.Instance);

    public static IReadOnlyList<PyClass> Classes { get; } =
    [
        Make("Iterable", "__iter__"), Make("Iterator", "__iter__", "__next__"), Make("Sized", "__len__"),
        Make("Container", "__contains__"), Make("Hashable", "__hash__"), Make("Collection", "__len__", "__iter__", "__contains__"),
        Make("Sequence", "__len__", "__getitem__", "index", "count"), Make("MutableSequence", "__len__", "__setitem__", "insert"),
        Make("Mapping", "__len__", "__getitem__", "keys"), Make("MutableMapping", "__len__", "__setitem__", "keys"),
        Make("Set", "__len__", "__contains__", "isdisjoint"), Make("MutableSet", "__len__", "__contains__", "discard"),
        Make("Generator", "send", "throw", "close"), Make("Callable", "__call__"), Make("Reversible", "__reversed__"),
        Make("KeysView", "mapping"), Make("ValuesView", "mapping"), Make("ItemsView", "mapping"),
        Make("SupportsInt", "__int__"), Make("SupportsFloat", "__float__"), Make("SupportsIndex", "__index__"),
    ];

    public static PyModule CreateModule()
    {
        var module = new PyModule("collections.abc");
        foreach (var cls in Classes)
            module.Add(cls);
        return module;
    }

    private static PyClass Make(string name, params string[] required)
    {
        var cls = new PyClass(name, "collections.abc", [PyTypes.Object], new PyDict(), s_meta) { IsNative = true };
        cls.ClassMethod("__class_getitem__", "cls, item", a => new PyGenericAlias(a[0], a[1]));
        s_required[cls] = required;
        return cls;
    }

    private static bool Check(PyClass cls, PyClass type)
    {
        if (type.IsSubclassOf(cls))
            return true;
        if (!s_required.TryGetValue(cls, out var required))
            return false;
        return required.All(name => type.Lookup(name) is not (null or PyNone));
    }
}

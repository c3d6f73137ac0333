using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>numbers</c>: the tower as far as int and float go.</summary>
internal static class NumbersModule
{
    private static readonly PyClass s_meta = new PyClass("ABCMeta", "abc", PyTypes.Type)
        .Method("__instancecheck__", (cls, value) => Py.Bool(Check((PyClass)cls, Py.TypeOf(value))))
        .Method("__subclasscheck__", (cls, sub) => Py.Bool(Check((PyClass)cls, (PyClass)sub)));

    private static readonly PyClass[] s_tower = [Make("Number"), Make("Complex"), Make("Real"), Make("Rational"), Make("Integral")];

    public static PyModule Create()
    {
        var module = new PyModule("numbers");
        foreach (var cls in s_tower)
            module.Add(cls);
        return module;
    }

    private static PyClass Make(string name) => new(name, "numbers", [PyTypes.Object], new PyDict(), s_meta) { IsNative = true };

    private static bool Check(PyClass cls, PyClass type) =>
        type.IsSubclassOf(cls) || type.IsSubclassOf(PyTypes.Int)
        || (type.IsSubclassOf(PyTypes.Float) && cls.Name is "Number" or "Complex" or "Real");
}

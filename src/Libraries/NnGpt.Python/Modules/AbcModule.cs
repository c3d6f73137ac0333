using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>abc</c>.</summary>
internal static class AbcModule
{
    /// <summary><c>abc.ABCMeta</c>.</summary>
    public static readonly PyClass Meta = new PyClass("ABCMeta", "abc", PyTypes.Type)
        .Method("register", "cls, subclass", a => a[1]);

    private static readonly PyClass s_base = new PyClass("ABC", "abc", [PyTypes.Object], new PyDict(), Meta) { IsNative = true };

    public static PyModule Create()
    {
        var module = new PyModule("abc").Add(Meta).Add(s_base);
        module.Function("abstractmethod", "funcobj", a =>
        {
            (a[0] as PyFunction)?.SetAttribute("__isabstractmethod__", Py.True);
            return a[0];
        });
        module.Function("abstractproperty", "fget", a =>
        {
            (a[0] as PyFunction)?.SetAttribute("__isabstractmethod__", Py.True);
            return new PyProperty(a[0], PyNone.Value, PyNone.Value, PyNone.Value);
        });
        module.Function("abstractclassmethod", "f", a => Mark(a[0], f => new PyClassMethod(f)));
        module.Function("abstractstaticmethod", "f", a => Mark(a[0], f => new PyStaticMethod(f)));
        return module;
    }

    private static object Mark(object function, Func<object, object> wrap)
    {
        (function as PyFunction)?.SetAttribute("__isabstractmethod__", Py.True);
        return wrap(function);
    }
}

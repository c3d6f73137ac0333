using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>The built-in names. Files, eval, exec, compile, globals and locals are absent; __import__ knows the interpreter's modules alone.</summary>
internal static partial class BuiltinFunctions
{
    /// <summary>The names every module sees.</summary>
    public static PyDict Table { get; } = Create();

    private static PyDict Create()
    {
        var table = new PyDict();
        foreach (var cls in (PyClass[])[
                     PyTypes.Object, PyTypes.Type, PyTypes.Int, PyTypes.Bool, PyTypes.Float, PyTypes.Complex, PyTypes.Bytes, PyTypes.Str, PyTypes.List,
                     PyTypes.Tuple, PyTypes.Dict, PyTypes.Set, PyTypes.FrozenSet, PyTypes.Slice, PyTypes.Range,
                     PyTypes.Property, PyTypes.StaticMethod, PyTypes.ClassMethod, PyTypes.Super])
        {
            table.Set(cls.Name, cls);
        }

        foreach (var cls in PyErrors.Classes)
            table.Set(cls.Name, cls);
        table.Set("NotImplemented", PyNotImplemented.Value);
        table.Set("Ellipsis", PyEllipsis.Value);
        table.Set("__debug__", Py.True);
        table.Set("__name__", "builtins");
        table.Set("IOError", PyErrors.OSErrorClass);
        table.Set("EnvironmentError", PyErrors.OSErrorClass);
        DefineObjects(table);
        DefineNumbers(table);
        DefineIteration(table);
        return table;
    }

    private static void Function(PyDict table, string name, string signature, NativeCode code) =>
        table.Set(name, new NativeFunction(name, signature, code) { Binds = false });
}

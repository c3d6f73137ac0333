using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

internal static partial class BuiltinFunctions
{
    private static void DefineObjects(PyDict table)
    {
        Function(table, "print", "*args, sep=None, end=None, file=None, flush=False", a =>
        {
            var separator = a.TextOrNull(1) ?? " ";
            var text = string.Join(separator, a.Tuple(0).Items.Select(Py.Str)) + (a.TextOrNull(2) ?? "\n");
            if (a.IsNone(3))
                RunState.Current.Write(text);
            else
                Py.CallMethod(a[3], "write", text);
            return null;
        });
        Function(table, "open", "file, mode='r', *args, **kwargs", a => throw (a.Text(1).AsSpan().ContainsAny('w', 'a', 'x')
            ? PyErrors.New(PyErrors.PermissionErrorClass, Py.Int(13), $"Permission denied: {Py.Repr(a[0])}")
            : PyErrors.New(PyErrors.FileNotFoundErrorClass, Py.Int(2), $"No such file or directory: {Py.Repr(a[0])}")));
        Function(table, "repr", "obj, /", a => Py.Repr(a[0]));
        Function(table, "ascii", "obj, /", a => Py.Repr(a[0]));
        Function(table, "format", "value, spec='', /", a => Py.Format(a[0], a.Text(1)));
        Function(table, "hash", "obj, /", a => Py.Int(Py.Hash(a[0])));
        Function(table, "id", "obj, /", a => Py.Int(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(a[0]) * 16L));
        Function(table, "callable", "obj, /", a => Py.IsCallable(a[0]));
        Function(table, "len", "obj, /", a => Py.Int(Py.Len(a[0])));
        Function(table, "isinstance", "obj, cls, /", a => IsInstance(a[0], a[1]));
        Function(table, "issubclass", "cls, base, /", a => IsSubclass(
            a[0] as PyClass ?? throw PyErrors.TypeError("issubclass() arg 1 must be a class"), a[1]));
        table.Set("getattr", new NativeFunction("getattr", "obj, name, *default", GetAttr) { Binds = false });
        Function(table, "setattr", "obj, name, value, /", a =>
        {
            Py.SetAttr(a[0], AttributeName(a), a[2]);
            return null;
        });
        Function(table, "delattr", "obj, name, /", a =>
        {
            Py.DelAttr(a[0], AttributeName(a));
            return null;
        });
        Function(table, "hasattr", "obj, name, /", a => Py.HasAttr(a[0], AttributeName(a)));
        Function(table, "vars", "obj, /", a => Py.FindAttr(a[0], "__dict__")
            ?? throw PyErrors.TypeError("vars() argument must have __dict__ attribute"));
        Function(table, "__import__", "name, globals=None, locals=None, fromlist=(), level=0", Import);
        Function(table, "dir", "obj, /", a => Directory(a[0]));
    }

    private static object GetAttr(NativeArguments a)
    {
        var rest = a.Tuple(2);
        if (rest.Count > 1)
            throw PyErrors.TypeError($"getattr expected at most 3 arguments, got {rest.Count + 2}");
        var name = AttributeName(a);
        if (rest.Count == 0)
            return Py.GetAttr(a[0], name);
        return Py.FindAttr(a[0], name) ?? rest[0];
    }

    /// <summary><c>__import__(name)</c>: the top module of a dotted name, or the module itself when names are taken from it.</summary>
    private static PyModule Import(NativeArguments a)
    {
        var name = a.Text(0);
        if (a.Long(4) > 0)
            throw PyErrors.ImportError("attempted relative import with no known parent package");
        var interpreter = RunState.Current.Interpreter;
        PyModule Find(string wanted) => interpreter?.FindModule(wanted) ?? throw PyErrors.New(PyErrors.ModuleNotFoundErrorClass, $"No module named '{wanted}'");
        var module = Find(name);
        return Py.Truth(a[3]) ? module : Find(name.Split('.')[0]);
    }

    private static string AttributeName(NativeArguments a) => Py.TryText(a[1], out var name)
        ? name
        : throw PyErrors.TypeError($"attribute name must be string, not '{Py.TypeName(a[1])}'");

    /// <summary><c>isinstance(value, type)</c> with tuples, unions and <c>__instancecheck__</c>.</summary>
    public static bool IsInstance(object value, object type)
    {
        switch (type)
        {
            case PyClass cls:
                if (!ReferenceEquals(cls.Class, PyTypes.Type) && cls.Class.Lookup("__instancecheck__") is { } check)
                    return Py.Truth(Py.CallSpecial(check, cls, value));
                return Py.IsInstance(value, cls);
            case PyTuple tuple:
                System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
                return tuple.Items.Any(item => IsInstance(value, item));
        }

        if (Py.TypeOf(type).Lookup("__instancecheck__") is { } custom)
            return Py.Truth(Py.CallSpecial(custom, type, value));
        throw PyErrors.TypeError("isinstance() arg 2 must be a type, a tuple of types, or a union");
    }

    public static bool IsSubclass(PyClass cls, object type)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (type)
        {
            case PyClass other:
                if (!ReferenceEquals(other.Class, PyTypes.Type) && other.Class.Lookup("__subclasscheck__") is { } check)
                    return Py.Truth(Py.CallSpecial(check, other, cls));
                return cls.IsSubclassOf(other);
            case PyTuple tuple:
                return tuple.Items.Any(item => IsSubclass(cls, item));
        }

        if (Py.TypeOf(type).Lookup("__subclasscheck__") is { } custom)
            return Py.Truth(Py.CallSpecial(custom, type, cls));
        throw PyErrors.TypeError("issubclass() arg 2 must be a class, a tuple of classes, or a union");
    }

    private static PyList Directory(object value)
    {
        if (value is not PyClass && Py.TypeOf(value).Lookup("__dir__") is { } custom)
            return new PyList(Py.ToList(Py.CallSpecial(custom, value)).Order(Comparer<object>.Create(CompareNames)));
        var names = new SortedSet<string>(StringComparer.Ordinal);
        if (value is PyObject { Attributes: { } own } and not PyClass)
            names.UnionWith(own.Keys.OfType<string>());
        if (value is PyModule module)
            names.UnionWith(module.ResolvableNames());
        if (value is not PyModule)
        {
            foreach (var cls in (value as PyClass ?? Py.TypeOf(value)).Mro)
                names.UnionWith(cls.Namespace.Keys.OfType<string>());
        }

        return new PyList(names.Select(n => (object)n));
    }

    private static int CompareNames(object? a, object? b) => string.CompareOrdinal(a as string, b as string);
}

namespace NnGpt.Python.Runtime;

/// <summary>
/// Attributes that every value has without an entry in a namespace. What could lead out of the language
/// (<c>__globals__</c>, <c>__subclasses__</c>, <c>__code__</c>, <c>__builtins__</c>) is absent.
/// </summary>
internal static class SpecialAttributes
{
    /// <summary><c>object.__setattr__</c>.</summary>
    public static object? DefaultSetAttr { get; set; }

    /// <summary><c>object.__delattr__</c>.</summary>
    public static object? DefaultDelAttr { get; set; }

    public static object? Find(object value, string name)
    {
        switch (name)
        {
            case "__class__":
                return Py.TypeOf(value);
            case "__doc__":
                return (value as PyFunction)?.Doc ?? PyNone.Value;
            case "__dict__" when value is PyInstance or PyFunction or PyExceptionObject || !Py.TypeOf(value).IsNative:
                return ((PyObject)value).Attributes ??= new PyDict();
        }

        return value switch
        {
            PyFunction function => OfFunction(function, name),
            NativeFunction function => name switch
            {
                "__name__" => function.Name,
                "__qualname__" => function.QualifiedName,
                "__module__" => "builtins",
                "__defaults__" when function.Defaults is { } defaults => function.Signature.DefaultsTuple(defaults),
                _ => null,
            },
            PyBoundMethod method => name switch
            {
                "__self__" => method.Self,
                "__func__" => method.Function,
                _ => Py.FindAttr(method.Function, name),
            },
            PyExceptionObject exception => OfException(exception, name),
            PyStaticMethod method when name is "__func__" or "__wrapped__" => method.Function,
            PyClassMethod method when name is "__func__" or "__wrapped__" => method.Function,
            PySlice slice => name switch { "start" => slice.Start, "stop" => slice.Stop, "step" => slice.Step, _ => null },
            _ => name == "__module__" ? Py.TypeOf(value).Module : null,
        };
    }

    public static object? FindOfClass(PyClass cls, string name) => name switch
    {
        "__name__" => cls.Name,
        "__qualname__" => cls.QualifiedName,
        "__module__" => cls.Module,
        "__mro__" => PyTuple.From(cls.Mro),
        "__bases__" => PyTuple.From(cls.Bases),
        "__base__" => cls.Bases.Count == 0 ? PyNone.Value : cls.Bases[0],
        "__class__" => cls.Class,
        "__dict__" => cls.Namespace.Copy(),
        "__doc__" => PyNone.Value,
        "__annotations__" => new PyDict(),
        "__abstractmethods__" when cls.Class.Mro.Any(m => m.Name == "ABCMeta") => PySet.Frozen(cls.AbstractMethods),
        "__dictoffset__" => Py.Int(0),
        _ => null,
    };

    public static bool TrySet(PyObject value, string name, object x)
    {
        switch (value, name)
        {
            case (PyFunction function, "__name__") when Py.TryText(x, out var text):
                function.Name = text;
                return true;
            case (PyFunction function, "__qualname__") when Py.TryText(x, out var text):
                function.QualifiedName = text;
                return true;
            case (PyFunction function, "__doc__"):
                function.Doc = x;
                return true;
            case (PyFunction function, "__defaults__"):
                function.SetDefaults(x);
                return true;
            case (NativeFunction { Defaults: { } defaults } function, "__defaults__"):
                function.Defaults = function.Signature.WithDefaults(defaults, x);
                return true;
            case (PyExceptionObject exception, "__cause__"):
                exception.Cause = x as PyExceptionObject;
                exception.SuppressContext = true;
                return true;
            case (PyExceptionObject exception, "args"):
                exception.Arguments = PyTuple.From(Py.Iterate(x));
                return true;
            case (_, "__class__"):
                Reclass(value, x as PyClass ?? throw PyErrors.TypeError($"__class__ must be set to a class, not '{Py.TypeName(x)}' object"));
                return true;
            default:
                return false;
        }
    }

    // Objects of the same make only: what native code keeps in an instance must be what the new class's methods expect.
    private static void Reclass(object value, PyClass cls)
    {
        if (value is not PyInstance instance || !NativeBases(instance.Class).SequenceEqual(NativeBases(cls)))
            throw PyErrors.TypeError($"__class__ assignment: '{cls.Name}' object layout differs from '{Py.TypeName(value)}'");

        instance.Class = cls;
    }

    private static IEnumerable<PyClass> NativeBases(PyClass cls) => cls.Mro.Where(ancestor => ancestor.IsNative && ancestor.Module is not ("abc" or "typing"));

    public static void Rename(PyClass cls, string name, string text)
    {
        if (name == "__name__")
            cls.Name = text;
        else if (name == "__qualname__")
            cls.QualifiedName = text;
        else
            cls.Module = text;
    }

    private static object? OfFunction(PyFunction function, string name) => name switch
    {
        "__name__" => function.Name,
        "__qualname__" => function.QualifiedName,
        "__module__" => function.ModuleName,
        "__annotations__" => function.Annotations,
        "__defaults__" => function.DefaultsTuple,
        _ => null,
    };

    private static object? OfException(PyExceptionObject exception, string name) => name switch
    {
        "args" => exception.Arguments,
        "__cause__" => (object?)exception.Cause ?? PyNone.Value,
        "__context__" => (object?)exception.Context ?? PyNone.Value,
        "__suppress_context__" => Py.Bool(exception.SuppressContext),
        "__traceback__" => PyNone.Value,
        "value" when exception.Class.IsSubclassOf(PyErrors.StopIterationClass) =>
            exception.Arguments.Count > 0 ? exception.Arguments[0] : PyNone.Value,
        "errno" or "strerror" or "filename" when exception.Class.IsSubclassOf(PyErrors.OSErrorClass) =>
            exception.Arguments.Count < 2 ? PyNone.Value
            : name == "filename" ? (exception.Arguments.Count > 2 ? exception.Arguments[2] : PyNone.Value)
            : exception.Arguments[name == "errno" ? 0 : 1],
        "code" when exception.Class.IsSubclassOf(PyErrors.SystemExitClass) =>
            exception.Arguments.Count > 0 ? exception.Arguments[0] : PyNone.Value,
        "name" when exception.Class.IsSubclassOf(PyErrors.ImportErrorClass) => PyNone.Value,
        _ => null,
    };
}

namespace NnGpt.Python.Runtime;

/// <summary>Calling a class: <c>metaclass.__call__</c>, <c>__new__</c>, <c>__init__</c>.</summary>
internal static class ClassCalls
{
    private static readonly long s_newHash = PyHash.OfString("__new__");
    private static readonly long s_initHash = PyHash.OfString("__init__");

    public static object Call(PyClass cls, object[] arguments, Keyword[]? keywords)
    {
        if (!ReferenceEquals(cls.Class, PyTypes.Type) && cls.Class.Lookup("__call__") is { } custom
            && !ReferenceEquals(custom, PyTypes.Type.Lookup("__call__")))
        {
            return Py.Call(Py.BindDescriptor(custom, cls, cls.Class), arguments, keywords);
        }

        return Instantiate(cls, arguments, keywords);
    }

    /// <summary><c>type.__call__</c>.</summary>
    public static object Instantiate(PyClass cls, object[] arguments, Keyword[]? keywords)
    {
        if (ReferenceEquals(cls, PyTypes.Type) && arguments.Length == 1 && keywords is null)
            return Py.TypeOf(arguments[0]);
        if (cls.IsAbstractNative)
            throw PyErrors.TypeError($"cannot create '{cls.Name}' instances");
        var create = cls.Lookup("__new__", s_newHash);
        var initialize = cls.Lookup("__init__", s_initHash);
        object instance;
        if (create is null || ReferenceEquals(create, ObjectNew))
        {
            if (ReferenceEquals(initialize, ObjectInit) && (arguments.Length > 0 || keywords is not null))
                throw PyErrors.TypeError($"{cls.Name}() takes no arguments");
            instance = Allocate(cls);
        }
        else
        {
            var function = create is PyStaticMethod { Function: var inner } ? inner : create;
            instance = Py.Call(function, [cls, .. arguments], keywords);
            if (!Py.TypeOf(instance).IsSubclassOf(cls))
                return instance;
        }

        if (initialize is null || ReferenceEquals(initialize, ObjectInit))
            return instance;
        var type = Py.TypeOf(instance);
        if (!ReferenceEquals(type, cls))
            initialize = type.Lookup("__init__", s_initHash)!;
        var result = initialize is PyFunction or NativeFunction
            ? Py.Call(initialize, [instance, .. arguments], keywords)
            : Py.Call(Py.BindDescriptor(initialize, instance, type), arguments, keywords);
        if (result is not PyNone)
            throw PyErrors.TypeError($"__init__() should return None, not '{Py.TypeName(result)}'");
        return instance;
    }

    /// <summary><c>object.__new__(cls)</c>.</summary>
    public static PyObject Allocate(PyClass cls)
    {
        if (cls.AbstractMethods.Count > 0)
        {
            var names = string.Join(", ", cls.AbstractMethods);
            throw PyErrors.TypeError(
                $"Can't instantiate abstract class {cls.Name} with abstract method{(cls.AbstractMethods.Count == 1 ? "" : "s")} {names}");
        }

        return cls.Allocator is { } allocator ? allocator(cls) : new PyInstance(cls);
    }

    /// <summary><c>object.__new__</c> as it stands in the class's namespace.</summary>
    public static object? ObjectNew { get; set; }

    /// <summary><c>object.__hash__</c>: identity.</summary>
    public static object? ObjectHash { get; set; }

    /// <summary><c>object.__init__</c>.</summary>
    public static object? ObjectInit { get; set; }
}

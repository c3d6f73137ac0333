namespace NnGpt.Python.Runtime;

/// <summary>How native code fills a class; every method gives the class back, so definitions chain.</summary>
public sealed partial class PyClass
{
    /// <summary>Defines a method; the signature begins with <c>self</c>: <c>"self, x, *, bias=True"</c>.</summary>
    public PyClass Method(string name, string signature, NativeCode code) =>
        Define(name, new NativeFunction(name, signature, code) { QualifiedName = $"{QualifiedName}.{name}" });

    /// <summary>Defines a method without parameters besides self; the quick form for dunders such as <c>__len__</c>.</summary>
    public PyClass Method(string name, Func<object, object> code) =>
        Method(name, "self, /", a => code(a[0]));

    /// <summary>Defines a method of self and one positional argument; the quick form for operators such as <c>__add__</c>.</summary>
    public PyClass Method(string name, Func<object, object, object> code) =>
        Method(name, "self, other, /", a => code(a[0], a[1]));

    /// <summary>Defines one body under several names: <c>__add__</c> and <c>add</c>.</summary>
    public PyClass Methods(IEnumerable<string> names, string signature, NativeCode code)
    {
        foreach (var name in names)
            Method(name, signature, code);
        return this;
    }

    /// <summary>Defines a property; without a setter, assignment raises AttributeError.</summary>
    public PyClass Property(string name, Func<object, object> get, Action<object, object>? set = null)
    {
        var getter = new NativeFunction(name, "self, /", a => get(a[0])) { QualifiedName = $"{QualifiedName}.{name}" };
        object setter = PyNone.Value;
        if (set is not null)
        {
            setter = new NativeFunction(name, "self, value, /", a =>
            {
                set(a[0], a[1]);
                return PyNone.Value;
            });
        }

        return Define(name, new PyProperty(getter, setter, PyNone.Value, PyNone.Value) { Name = name });
    }

    /// <summary>Defines a static method.</summary>
    public PyClass StaticMethod(string name, string signature, NativeCode code) =>
        Define(name, new PyStaticMethod(new NativeFunction(name, signature, code) { QualifiedName = $"{QualifiedName}.{name}" }));

    /// <summary>Defines a class method; the signature begins with <c>cls</c>.</summary>
    public PyClass ClassMethod(string name, string signature, NativeCode code) =>
        Define(name, new PyClassMethod(new NativeFunction(name, signature, code) { QualifiedName = $"{QualifiedName}.{name}" }));

    /// <summary>Defines <c>__new__</c>; the signature begins with <c>cls</c>, and the body makes an instance of that class.</summary>
    public PyClass New(string signature, NativeCode code) =>
        Define("__new__", new PyStaticMethod(new NativeFunction("__new__", signature, code) { QualifiedName = $"{QualifiedName}.__new__" }));

    /// <summary>Defines a class attribute.</summary>
    public PyClass Attribute(string name, object value) => Define(name, value);

    /// <summary>How empty instances are made by <c>object.__new__</c>, for this class and its subclasses.</summary>
    public PyClass Allocate(Func<PyClass, PyObject> allocator)
    {
        Allocator = allocator;
        return this;
    }

    /// <summary>
    /// Defines <c>__getattr__</c>, the fallback after ordinary lookup. The hook gives null for an absent attribute, which
    /// becomes AttributeError "'Net' object has no attribute 'x'" (or a plain miss for hasattr, with no exception made).
    /// </summary>
    public PyClass GetAttributeHook(Func<PyObject, string, object?> hook) =>
        Define("__getattr__", new NativeFunction("__getattr__", "self, name, /", a =>
            hook((PyObject)a[0], a.Text(1)) ?? throw PyErrors.NoAttribute(a[0], a.Text(1)))
        {
            QualifiedName = $"{QualifiedName}.__getattr__",
            AttributeHook = hook,
        });

    /// <summary>Defines <c>__setattr__</c>. To store ordinarily, the hook calls <see cref="Py.SetAttrGeneric"/>.</summary>
    public PyClass SetAttributeHook(Action<PyObject, string, object> hook) =>
        Method("__setattr__", "self, name, value, /", a =>
        {
            hook(Target(a), a.Text(1), a[2]);
            return PyNone.Value;
        });

    /// <summary>Defines <c>__delattr__</c>. To delete ordinarily, the hook calls <see cref="Py.DelAttrGeneric"/>.</summary>
    public PyClass DeleteAttributeHook(Action<PyObject, string> hook) =>
        Method("__delattr__", "self, name, /", a =>
        {
            hook(Target(a), a.Text(1));
            return PyNone.Value;
        });

    private static PyObject Target(NativeArguments arguments) =>
        arguments[0] as PyObject ?? throw PyErrors.NoAttribute(arguments[0], arguments.Text(1));

    private PyClass Define(string name, object value)
    {
        Set(name, value);
        return this;
    }
}

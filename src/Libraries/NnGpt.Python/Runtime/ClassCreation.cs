namespace NnGpt.Python.Runtime;

/// <summary><c>type.__new__</c>: makes a class of a name, bases and a namespace.</summary>
internal static class ClassCreation
{
    public const string ClassCellName = "__classcell__";
    private const int MaximumAncestors = 200;

    public static PyClass Create(PyClass metaclass, string name, object[] bases, PyDict names, Keyword[]? keywords)
    {
        if (bases.Length == 0)
            bases = [PyTypes.Object];
        var parents = new PyClass[bases.Length];
        for (var i = 0; i < bases.Length; i++)
        {
            if (bases[i] is not PyClass parent)
                throw PyErrors.TypeError($"bases must be types, not {Py.TypeName(bases[i])}");
            if (parent.IsFinal)
                throw PyErrors.TypeError($"type '{parent.Name}' is not an acceptable base type");
            if (Array.IndexOf(parents, parent, 0, i) >= 0)
                throw PyErrors.TypeError($"duplicate base class {parent.Name}");
            parents[i] = parent;
        }

        metaclass = MostDerivedMetaclass(metaclass, bases);
        var own = names.Copy();
        own.Remove(ClassCellName, out var cell);
        own.Remove("__qualname__", out var qualifiedName);
        var module = own.GetOrNull("__module__");
        Prepare(own);
        var cls = new PyClass(name, module as string ?? "builtins", parents, own, metaclass);
        if (cls.Mro.Length > MaximumAncestors)
            throw PyErrors.RecursionError("class hierarchy is too deep");
        if (qualifiedName is string text)
            cls.QualifiedName = text;
        if (cell is ClassCell { Cell: var target })
            target.Value = cls;
        ApplySlots(cls, own);
        cls.HasCustomGetAttribute |= own.GetOrNull("__getattribute__") is PyFunction;
        CollectAbstractMethods(cls);
        foreach (var (key, value) in own.Entries.ToList())
        {
            if (value is PyProperty property)
                property.Name ??= key as string;
            else if (value is PyInstance && Py.TypeOf(value).Lookup("__set_name__") is { } setName)
                Py.CallSpecial(setName, value, cls, key);
        }

        var initSubclass = cls.LookupAfter(cls, "__init_subclass__")!;
        Py.Call(Py.BindDescriptor(initSubclass, null, cls), [], keywords);
        return cls;
    }

    public static PyClass MostDerivedMetaclass(PyClass metaclass, object[] bases)
    {
        foreach (var parent in bases)
        {
            var other = Py.TypeOf(parent);
            if (!other.IsSubclassOf(PyTypes.Type) || metaclass.IsSubclassOf(other))
                continue;
            metaclass = other.IsSubclassOf(metaclass)
                ? other
                : throw PyErrors.TypeError(
                    "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
        }

        return metaclass;
    }

    private static void Prepare(PyDict own)
    {
        if (own.GetOrNull("__eq__") is not null && own.GetOrNull("__hash__") is null)
            own.Set("__hash__", PyNone.Value);
        foreach (var name in (string[])["__init_subclass__", "__class_getitem__"])
        {
            if (own.GetOrNull(name) is PyFunction function)
                own.Set(name, new PyClassMethod(function));
        }

        if (own.GetOrNull("__new__") is PyFunction create)
            own.Set("__new__", new PyStaticMethod(create));
    }

    private static void ApplySlots(PyClass cls, PyDict own)
    {
        if (own.GetOrNull("__slots__") is not { } slots)
            return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var slot in slots is string single ? [single] : Py.Iterate(slots))
            names.Add(Py.Str(slot));
        foreach (var parent in cls.Mro.Skip(1))
        {
            if (ReferenceEquals(parent, PyTypes.Object))
                continue;
            if (parent.SlotNames is null)
                return;
            names.UnionWith(parent.SlotNames);
        }

        if (!names.Contains("__dict__"))
            cls.SlotNames = names;
    }

    private static void CollectAbstractMethods(PyClass cls)
    {
        if (!cls.Class.Mro.Any(m => m.Name == "ABCMeta"))
            return;
        var names = new List<string>();
        foreach (var ancestor in cls.Mro)
        {
            foreach (var (key, value) in ancestor.Namespace.Entries)
            {
                if (key is string name && IsAbstract(value) && cls.Lookup(name) is { } found && IsAbstract(found) && !names.Contains(name))
                    names.Add(name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        cls.AbstractMethods = names;
    }

    private static bool IsAbstract(object value) => value switch
    {
        PyFunction function => function.GetAttribute("__isabstractmethod__") is true,
        PyProperty property => property.Getter is PyFunction getter && IsAbstract(getter),
        PyStaticMethod method => IsAbstract(method.Function),
        PyClassMethod method => IsAbstract(method.Function),
        _ => false,
    };
}

namespace NnGpt.Python.Runtime;

public static partial class Py
{
    /// <summary><c>value.name</c>.</summary>
    public static object GetAttr(object value, string name) => GetAttr(value, name, PyHash.OfString(name));

    /// <summary>The attribute, or null where Python raises AttributeError.</summary>
    public static object? FindAttr(object value, string name)
    {
        try
        {
            return FindAttr(value, name, PyHash.OfString(name));
        }
        catch (PyException exception) when (exception.Is(PyErrors.AttributeErrorClass))
        {
            return null;
        }
    }

    /// <summary><c>hasattr(value, name)</c>.</summary>
    public static bool HasAttr(object value, string name) => FindAttr(value, name) is not null;

    internal static object GetAttr(object value, string name, long hash) =>
        FindAttr(value, name, hash) ?? throw PyErrors.NoAttribute(value, name);

    /// <summary>Null when absent without an exception made; hooks in Python may still raise AttributeError.</summary>
    internal static object? FindAttr(object value, string name, long hash)
    {
        switch (value)
        {
            case PyModule module:
                return module.Find(name) ?? SpecialAttributes.Find(value, name);
            case PyClass cls:
                return FindClassAttr(cls, name, hash);
            case PySuper super:
                var inherited = super.SelfClass.LookupAfter(super.Start, name);
                if (inherited is not null)
                    return BindDescriptor(inherited, ReferenceEquals(super.Self, super.SelfClass) ? null : super.Self, super.SelfClass);
                return name == "__class__" ? PyTypes.Super : null;
        }

        var type = TypeOf(value);
        if (type.HasCustomGetAttribute && type.Lookup("__getattribute__") is PyFunction custom)
        {
            return TryAttribute(() => custom.Call([value, name], null), type) ?? FindFallback(value, type, name);
        }

        return FindGeneric(value, type, name, hash);
    }

    /// <summary><c>object.__getattribute__</c> followed by <c>__getattr__</c>.</summary>
    internal static object? FindGeneric(object value, PyClass type, string name, long hash)
    {
        var attribute = type.Lookup(name, hash);
        if (attribute is PyObject candidate && attribute is not PyFunction and not NativeFunction)
        {
            if (attribute is PyProperty property)
            {
                return type.Lookup("__getattr__") is null
                    ? GetProperty(property, value, name)
                    : TryAttribute(() => GetProperty(property, value, name), type) ?? FindFallback(value, type, name);
            }

            if (IsDataDescriptor(candidate))
                return BindDescriptor(candidate, value, type);
        }

        if (value is PyObject { Attributes: { } own } && own.GetOrNull(name, hash) is { } found)
            return found;
        if (attribute is not null)
            return BindDescriptor(attribute, value, type);
        return SpecialAttributes.Find(value, name) ?? FindFallback(value, type, name);
    }

    /// <summary>Null when the getter raises AttributeError and the class has <c>__getattr__</c> to try next.</summary>
    private static object? TryAttribute(Func<object> get, PyClass type)
    {
        try
        {
            return get();
        }
        catch (PyException exception) when (exception.Is(PyErrors.AttributeErrorClass) && type.Lookup("__getattr__") is not null)
        {
            return null;
        }
    }

    /// <summary>Looks a method up for an immediate call: true when <paramref name="function"/> wants self first.</summary>
    internal static bool FindMethod(object value, string name, long hash, out object function)
    {
        if (value is not (PyModule or PyClass or PySuper))
        {
            var type = TypeOf(value);
            if (!type.HasCustomGetAttribute
                && type.Lookup(name, hash) is { } attribute
                && attribute is PyFunction or NativeFunction { Binds: true }
                && (value is not PyObject { Attributes: { } own } || own.GetOrNull(name, hash) is null))
            {
                function = attribute;
                return true;
            }
        }

        function = GetAttr(value, name, hash);
        return false;
    }

    private static object? FindFallback(object value, PyClass type, string name) => type.Lookup("__getattr__") switch
    {
        null => null,
        NativeFunction { AttributeHook: { } hook } => hook((PyObject)value, name),
        var function => Call(function, value, name),
    };

    private static object? FindClassAttr(PyClass cls, string name, long hash)
    {
        var meta = cls.Class.Lookup(name, hash);
        if (meta is PyProperty property)
            return GetProperty(property, cls, name);
        if (name is "__name__" or "__qualname__")
            return SpecialAttributes.FindOfClass(cls, name);
        if (cls.Lookup(name, hash) is { } attribute)
            return BindDescriptor(attribute, null, cls);
        if (SpecialAttributes.FindOfClass(cls, name) is { } special)
            return special;
        if (meta is not null)
            return BindDescriptor(meta, cls, cls.Class);
        return cls.Class.Lookup("__getattr__") is { } hook ? Call(hook, cls, name) : null;
    }

    private static object GetProperty(PyProperty property, object value, string name)
    {
        if (property.Getter is PyNone)
            throw PyErrors.AttributeError($"property '{name}' of '{TypeName(value)}' object has no getter");
        return Call(property.Getter, value);
    }

    private static bool IsDataDescriptor(PyObject attribute) =>
        attribute is PyInstance && attribute.Class.Lookup("__set__") is not null && attribute.Class.Lookup("__get__") is not null;

    /// <summary>What a class attribute becomes when it is read from an instance (or, with null, from the class).</summary>
    internal static object BindDescriptor(object attribute, object? instance, PyClass owner)
    {
        switch (attribute)
        {
            case PyFunction:
            case NativeFunction { Binds: true }:
                return instance is null ? attribute : new PyBoundMethod(attribute, instance);
            case PyStaticMethod method:
                return method.Function;
            case PyClassMethod method:
                return new PyBoundMethod(method.Function, owner);
            case PyProperty property:
                return instance is null ? attribute : GetProperty(property, instance, property.Name ?? "");
            case PyInstance described when described.Class.Lookup("__get__") is { } get:
                return Call(get, described, instance ?? PyNone.Value, owner);
            default:
                return attribute;
        }
    }

    /// <summary><c>value.name = x</c>.</summary>
    public static void SetAttr(object value, string name, object x)
    {
        switch (value)
        {
            case PyModule module:
                module.Globals.Set(name, x);
                return;
            case PyClass cls:
                SetClassAttr(cls, name, x);
                return;
        }

        var setter = TypeOf(value).Lookup("__setattr__");
        if (setter is null || ReferenceEquals(setter, SpecialAttributes.DefaultSetAttr))
            SetAttrGeneric((value as PyObject) ?? throw NoSuchTarget(value, name), name, x);
        else
            Call(setter, value, name, x);
    }

    /// <summary>Sets an attribute as <c>object.__setattr__</c> does: data descriptors, then the instance's dict.</summary>
    public static void SetAttrGeneric(PyObject value, string name, object x)
    {
        if (value is PyClass cls)
        {
            SetClassAttr(cls, name, x);
            return;
        }

        var hash = PyHash.OfString(name);
        switch (value.Class.Lookup(name, hash))
        {
            case PyProperty { Setter: PyNone }:
                throw PyErrors.AttributeError($"property '{name}' of '{value.Class.Name}' object has no setter");
            case PyProperty property:
                Call(property.Setter, value, x);
                return;
            case PyInstance described when described.Class.Lookup("__set__") is { } set:
                Call(set, described, value, x);
                return;
        }

        if (!SpecialAttributes.TrySet(value, name, x))
        {
            if (!AcceptsAttribute(value, name))
                throw NoSuchTarget(value, name);
            (value.Attributes ??= new PyDict()).Set(name, hash, x);
        }
    }

    /// <summary><c>del value.name</c>.</summary>
    public static void DelAttr(object value, string name)
    {
        if (value is PyClass { IsNative: true } || value is not PyObject target)
            throw PyErrors.TypeError($"cannot delete '{name}' attribute of immutable type '{TypeName(value)}'");
        var deleter = value is PyClass or PyModule ? null : target.Class.Lookup("__delattr__");
        if (deleter is null || ReferenceEquals(deleter, SpecialAttributes.DefaultDelAttr))
            DelAttrGeneric(target, name);
        else
            Call(deleter, value, name);
    }

    /// <summary>Deletes an attribute as <c>object.__delattr__</c> does.</summary>
    public static void DelAttrGeneric(PyObject value, string name)
    {
        if (value is not PyClass)
        {
            switch (value.Class.Lookup(name))
            {
                case PyProperty { Deleter: PyNone }:
                    throw PyErrors.AttributeError($"property '{name}' of '{value.Class.Name}' object has no deleter");
                case PyProperty property:
                    Call(property.Deleter, value);
                    return;
                case PyInstance described when described.Class.Lookup("__delete__") is { } delete:
                    Call(delete, described, value);
                    return;
            }
        }

        if (value.Attributes is null || !value.Attributes.Remove(name))
            throw PyErrors.NoAttribute(value, name);
    }

    private static void SetClassAttr(PyClass cls, string name, object x)
    {
        if (cls.IsNative)
            throw PyErrors.TypeError($"cannot set '{name}' attribute of immutable type '{cls.Name}'");
        if (cls.Class.Lookup("__setattr__") is PyFunction setter)
            setter.Call([cls, name, x], null);
        else if (name is "__name__" or "__qualname__" or "__module__" && TryText(x, out var text))
            SpecialAttributes.Rename(cls, name, text);
        else
            cls.Set(name, x);
    }

    private static bool AcceptsAttribute(PyObject value, string name)
    {
        if (value.Class.IsNative)
            return value is PyInstance or PyFunction or PyExceptionObject || value.Class.InstancesHaveAttributes;
        return value.Class.SlotNames is not { } slots || slots.Contains(name);
    }

    private static PyException NoSuchTarget(object value, string name) =>
        TypeOf(value).Lookup(name) is null
            ? PyErrors.NoAttribute(value, name)
            : PyErrors.AttributeError($"'{TypeName(value)}' object attribute '{name}' is read-only");
}

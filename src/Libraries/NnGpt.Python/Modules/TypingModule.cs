using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>typing</c>: names that can be subscripted and called where Python allows it, and mean nothing at run time.</summary>
internal static class TypingModule
{
    private static readonly PyClass s_specialForm = new PyClass("_SpecialForm", "typing")
        .Method("__getitem__", (self, item) => Subscript((string)((PyInstance)self).GetAttribute("_name")!, item))
        .Method("__or__", (a, b) => PyGenericAlias.Union(a, b))
        .Method("__ror__", (a, b) => PyGenericAlias.Union(b, a))
        .Method("__call__", "self, *args, **kwargs", a => throw PyErrors.TypeError(
            $"Cannot instantiate {Py.Repr(a[0])}"))
        .Method("__instancecheck__", (self, _) => throw PyErrors.TypeError($"{Py.Repr(self)} cannot be used with isinstance()"))
        .Method("__mro_entries__", (_, _) => PyTuple.Empty)
        .Method("__repr__", self => $"typing.{((PyInstance)self).GetAttribute("_name")}");

    private static readonly PyClass s_protocol = TypingProtocols.Protocol;
    /// <summary><c>typing.Generic</c>.</summary>
    public static readonly PyClass Generic = MakeGeneric("Generic");
    private static readonly PyClass s_typedDict = TypingProtocols.TypedDict;

    public static PyModule Create()
    {
        var module = new PyModule("typing");
        foreach (var name in (string[])[
                     "Any", "Union", "Optional", "Callable", "Literal", "ClassVar", "Final", "NoReturn", "Never", "Annotated",
                     "TypeAlias", "Concatenate", "Self", "LiteralString", "Required", "NotRequired", "TypeGuard", "Unpack"])
        {
            module.Set(name, SpecialForm(name));
        }

        foreach (var (name, cls) in (IEnumerable<(string, PyClass)>)[
                     ("List", PyTypes.List), ("Dict", PyTypes.Dict), ("Tuple", PyTypes.Tuple), ("Set", PyTypes.Set),
                     ("FrozenSet", PyTypes.FrozenSet), ("Type", PyTypes.Type)])
        {
            module.Set(name, new PyGenericAlias(cls, PyTuple.Empty) { TypingName = name });
        }

        module.Set("Text", PyTypes.Str).Set("TYPE_CHECKING", Py.False).Set("AnyStr", TypeParameters.Make("TypeVar", "AnyStr", null));
        foreach (var cls in TypeParameters.Classes)
            module.Add(cls);
        foreach (var cls in AbstractCollections.Classes)
            module.Set(cls.Name == "Set" ? "AbstractSet" : cls.Name, new PyGenericAlias(cls, PyTuple.Empty) { TypingName = cls.Name });
        module.Set("OrderedDict", CollectionsModule.OrderedDict).Set("DefaultDict", CollectionsModule.DefaultDict)
            .Set("Deque", CollectionsModule.Deque).Set("Counter", CollectionsModule.Counter);
        module.Set("Protocol", s_protocol).Set("Generic", Generic).Set("NamedTuple", NamedTuples.TypedBase).Set("TypedDict", s_typedDict);
        module.Function("cast", "typ, val", a => a[1]);
        foreach (var name in (string[])["overload", "final", "no_type_check", "override"])
            module.Function(name, "f", a => a[0]);
        foreach (var name in (string[])["runtime_checkable", "runtime"])
            module.Function(name, "cls", a => TypingProtocols.MarkRuntime(a.As<PyClass>(0)));
        module.Function("ForwardRef", "arg, *args, **kwargs", a => new PyGenericAlias("ForwardRef", a[0]));
        module.Function("dataclass_transform", "**kwargs", _ => new NativeFunction("decorator", "cls", b => b[0]) { Binds = false });
        module.Function("reveal_type", "obj", a => a[0]);
        module.Function("is_typeddict", "tp", a => a[0] is PyClass cls && ReferenceEquals(cls.Class, s_typedDict.Class));
        module.Function("NewType", "name, tp", a => a[1]);
        module.Function("get_type_hints", "obj, *args, **kwargs", a => Hints(a[0]));
        module.Function("get_origin", "tp", a => a[0] is not PyGenericAlias alias ? PyNone.Value
            : alias.Origin is string form ? module.Find(form) ?? PyNone.Value : alias.Origin);
        module.Function("get_args", "tp", a => (a[0] as PyGenericAlias)?.Arguments ?? PyTuple.Empty);
        module.Function("assert_never", "arg", a => throw PyErrors.AssertionError("Expected code to be unreachable"));
        return module;
    }

    private static object Subscript(string name, object item)
    {
        switch (name)
        {
            case "Optional":
                return PyGenericAlias.TypingUnion(item, PyNone.Value);
            case "Union":
                return PyGenericAlias.TypingUnion(item is PyTuple members ? members.Items : [item]);
            case "Any" or "NoReturn" or "Never" or "Self" or "LiteralString" or "TypeAlias":
                throw PyErrors.TypeError($"typing.{name} is not subscriptable");
            default:
                return new PyGenericAlias(name, item) { TypingName = name };
        }
    }

    /// <summary>Annotations of a class with those of its bases, or of a function; texts of built-in and own names are resolved.</summary>
    private static PyDict Hints(object value)
    {
        var hints = new PyDict();
        if (value is PyClass cls)
        {
            foreach (var ancestor in cls.Mro.Reverse())
            {
                if (ancestor.Namespace.GetOrNull("__annotations__") is PyDict own)
                    hints.Update(own);
            }
        }
        else if (Py.FindAttr(value, "__annotations__") is PyDict own)
        {
            hints.Update(own);
        }

        var globals = (value as PyFunction)?.Module.Globals;
        foreach (var (name, hint) in hints.Entries.ToList())
        {
            if (hint is string text)
                hints.Set(name, globals?.GetOrNull(text) ?? Builtins.BuiltinFunctions.Table.GetOrNull(text) ?? new PyGenericAlias("ForwardRef", text));
            else if (hint is PyNone)
                hints.Set(name, PyTypes.NoneType);
        }

        return hints;
    }

    private static PyInstance SpecialForm(string name)
    {
        var form = new PyInstance(s_specialForm);
        form.SetAttribute("_name", name);
        return form;
    }

    private static PyClass MakeGeneric(string name) => new PyClass(name, "typing")
        .ClassMethod("__class_getitem__", "cls, item", a => new PyGenericAlias(a[0], a[1]));
}

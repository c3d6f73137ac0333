using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>typing</c>: names that can be subscripted and called where Python allows it, and mean nothing at run time.</summary>
internal static class TypingModule
{
    private static readonly PyClass s_specialForm = new PyClass("_SpecialForm", "typing")
        .Method("__getitem__", (self, item) => ((PyInstance)self).GetAttribute("_name") is "Optional"
            ? new PyGenericAlias(PyGenericAlias.UnionOrigin, new PyTuple(item, PyNone.Value))
            : ((PyInstance)self).GetAttribute("_name") is "Annotated" or "Final" or "Required" or "NotRequired" && item is PyTuple { Count: > 0 } tuple
                ? tuple[0]
                : new PyGenericAlias(((PyInstance)self).GetAttribute("_name")!, item))
        .Method("__or__", (a, b) => new PyGenericAlias(PyGenericAlias.UnionOrigin, new PyTuple(a, b)))
        .Method("__ror__", (a, b) => new PyGenericAlias(PyGenericAlias.UnionOrigin, new PyTuple(b, a)))
        .Method("__call__", "self, *args, **kwargs", a => throw PyErrors.TypeError(
            $"Cannot instantiate {Py.Repr(a[0])}"))
        .Method("__instancecheck__", (self, _) => throw PyErrors.TypeError($"{Py.Repr(self)} cannot be used with isinstance()"))
        .Method("__mro_entries__", (_, _) => PyTuple.Empty)
        .Method("__repr__", self => $"typing.{((PyInstance)self).GetAttribute("_name")}");

    private static readonly PyClass s_typeVariable = new PyClass("TypeVar", "typing")
        .Method("__init__", "self, name, *constraints, **kwargs", a =>
        {
            a.As<PyInstance>(0).SetAttribute("__name__", a[1]);
            return null;
        })
        .Method("__or__", (a, b) => new PyGenericAlias(PyGenericAlias.UnionOrigin, new PyTuple(a, b)))
        .Method("__ror__", (a, b) => new PyGenericAlias(PyGenericAlias.UnionOrigin, new PyTuple(b, a)))
        .Property("args", self => self).Property("kwargs", self => self)
        .Method("__repr__", self => $"~{((PyInstance)self).GetAttribute("__name__")}");

    private static readonly PyClass s_protocol = Generic("Protocol");
    private static readonly PyClass s_generic = Generic("Generic");
    private static readonly PyClass s_typedDict = new PyClass("TypedDict", "typing", PyTypes.Dict);

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
            module.Set(name, new PyGenericAlias(cls, PyTuple.Empty));
        }

        module.Set("Text", PyTypes.Str).Set("TYPE_CHECKING", Py.False).Set("AnyStr", MakeTypeVariable("AnyStr"));
        foreach (var name in (string[])["TypeVar", "ParamSpec", "TypeVarTuple"])
            module.Set(name, s_typeVariable);
        foreach (var cls in AbstractCollections.Classes)
            module.Set(cls.Name, cls);
        module.Set("OrderedDict", CollectionsModule.OrderedDict).Set("DefaultDict", CollectionsModule.DefaultDict)
            .Set("Deque", CollectionsModule.Deque).Set("Counter", CollectionsModule.Counter);
        module.Set("Protocol", s_protocol).Set("Generic", s_generic).Set("NamedTuple", NamedTuples.TypedBase).Set("TypedDict", s_typedDict);
        module.Function("cast", "typ, val", a => a[1]);
        foreach (var name in (string[])["overload", "final", "no_type_check", "runtime_checkable", "override"])
            module.Function(name, "f", a => a[0]);
        module.Function("NewType", "name, tp", a => a[1]);
        module.Function("get_type_hints", "obj, *args, **kwargs", a => (Py.FindAttr(a[0], "__annotations__") as PyDict)?.Copy() ?? new PyDict());
        module.Function("get_origin", "tp", a => (a[0] as PyGenericAlias)?.Origin ?? PyNone.Value);
        module.Function("get_args", "tp", a => (a[0] as PyGenericAlias)?.Arguments ?? PyTuple.Empty);
        module.Function("assert_never", "arg", a => throw PyErrors.AssertionError("Expected code to be unreachable"));
        return module;
    }

    private static PyInstance SpecialForm(string name)
    {
        var form = new PyInstance(s_specialForm);
        form.SetAttribute("_name", name);
        return form;
    }

    private static PyInstance MakeTypeVariable(string name)
    {
        var variable = new PyInstance(s_typeVariable);
        variable.SetAttribute("__name__", name);
        return variable;
    }

    private static PyClass Generic(string name) => new PyClass(name, "typing")
        .ClassMethod("__class_getitem__", "cls, item", a => new PyGenericAlias(a[0], a[1]));
}

using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>Subscripted types.</summary>
internal static class GenericAliasMethods
{
    public static void Define() => PyTypes.GenericAlias
        .Method("__call__", "self, *args, **kwargs", a => a.As<PyGenericAlias>(0).Origin is PyClass cls
            ? Py.CallWith(cls, a.Tuple(1).Items, a.Dict(2))
            : throw PyErrors.TypeError($"Cannot instantiate typing.{a.As<PyGenericAlias>(0).Origin}"))
        .Method("__getitem__", (self, item) => new PyGenericAlias(((PyGenericAlias)self).Origin, item) { TypingName = ((PyGenericAlias)self).TypingName })
        .Method("__or__", (a, b) => PyGenericAlias.Union(a, b))
        .Method("__ror__", (a, b) => PyGenericAlias.Union(b, a))
        .Method("__eq__", (a, b) => a is PyGenericAlias x && b is PyGenericAlias y
            ? Py.Bool(Py.AreEqual(x.Origin, y.Origin) && Py.AreEqual(x.Arguments, y.Arguments))
            : Py.False)
        .Method("__hash__", self => Py.Int(Py.Hash(((PyGenericAlias)self).Arguments)))
        .Method("__mro_entries__", (self, bases) => ((PyGenericAlias)self).Origin is PyClass cls ? new PyTuple(cls) : PyTuple.Empty)
        .Method("__instancecheck__", (self, value) => Py.Bool(Check((PyGenericAlias)self, value)))
        .Method("__repr__", self => Describe((PyGenericAlias)self))
        .Method("__subclasscheck__", (self, cls) => ((PyGenericAlias)self).Origin is PyClass origin
            ? Py.Bool(BuiltinFunctions.IsSubclass((PyClass)cls, origin))
            : Py.Bool(((PyGenericAlias)self).Arguments.Items.Any(a => a is PyClass one && ((PyClass)cls).IsSubclassOf(one))))
        .Property("__name__", self => ((PyGenericAlias)self).TypingName ?? (((PyGenericAlias)self).Origin is PyClass named ? named.Name : "Union"))
        .Property("__parameters__", self => PyTuple.From(((PyGenericAlias)self).Arguments.Items.Where(a => a is PyInstance { Class.Name: "TypeVar" })))
        .Method("__iter__", self => new NativeIterator("iterator", [new PyGenericAlias("Unpack", self)]))
        .Property("__origin__", self => ((PyGenericAlias)self).Origin)
        .Property("__args__", self => ((PyGenericAlias)self).Arguments);

    private static bool Check(PyGenericAlias alias, object value)
    {
        if (alias.Arguments.Count == 0 && alias.Origin is PyClass plain)
            return BuiltinFunctions.IsInstance(value, plain);
        if (!Equals(alias.Origin, PyGenericAlias.UnionOrigin))
            throw PyErrors.TypeError("isinstance() argument 2 cannot be a parameterized generic");
        return alias.Arguments.Items.Any(a => a is PyNone ? value is PyNone : BuiltinFunctions.IsInstance(value, a));
    }

    private static string Describe(PyGenericAlias alias)
    {
        static string Name(object value) => value switch
        {
            PyClass cls when ReferenceEquals(cls, PyTypes.NoneType) => "None",
            PyClass { Module: "builtins" } cls => cls.Name,
            PyClass cls => $"{cls.Module}.{cls.QualifiedName}",
            PyList list => $"[{string.Join(", ", list.Items.Select(Name))}]",
            PyEllipsis => "...",
            _ => Py.Repr(value),
        };
        var arguments = alias.Arguments.Items.Select(Name).ToList();
        if (alias.Origin is "ForwardRef")
            return $"ForwardRef({string.Join(", ", arguments)})";
        if (alias.TypingName is { } typingName)
        {
            if (alias.Arguments.Count == 0)
                return $"typing.{typingName}";
            if (typingName == "Union" && arguments.Count == 2 && arguments.Contains("None"))
                return $"typing.Optional[{arguments.First(a => a != "None")}]";
            if (typingName == "Union")
                arguments = [.. arguments.Select(a => a == "None" ? "NoneType" : a)];
            return $"typing.{typingName}[{string.Join(", ", arguments)}]";
        }

        return alias.Origin is PyClass origin
            ? $"{Name(origin)}[{string.Join(", ", arguments)}]"
            : Equals(alias.Origin, PyGenericAlias.UnionOrigin)
                ? string.Join(" | ", arguments)
                : alias.Origin is PyInstance
                    ? $"{Py.Repr(alias.Origin)}[{string.Join(", ", arguments)}]"
                    : $"typing.{alias.Origin}[{string.Join(", ", arguments)}]";
    }
}

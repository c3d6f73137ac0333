using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>Subscripted types.</summary>
internal static class GenericAliasMethods
{
    public static void Define() => PyTypes.GenericAlias
        .Method("__call__", "self, *args, **kwargs", a => a.As<PyGenericAlias>(0).Origin is PyClass cls
            ? Py.CallWith(cls, a.Tuple(1).Items, a.Dict(2))
            : throw PyErrors.TypeError($"Cannot instantiate typing.{a.As<PyGenericAlias>(0).Origin}"))
        .Method("__getitem__", (self, item) => new PyGenericAlias(((PyGenericAlias)self).Origin, item))
        .Method("__or__", (a, b) => new PyGenericAlias(PyGenericAlias.UnionOrigin, new PyTuple(a, b)))
        .Method("__ror__", (a, b) => new PyGenericAlias(PyGenericAlias.UnionOrigin, new PyTuple(b, a)))
        .Method("__eq__", (a, b) => a is PyGenericAlias x && b is PyGenericAlias y
            ? Py.Bool(Py.AreEqual(x.Origin, y.Origin) && Py.AreEqual(x.Arguments, y.Arguments))
            : Py.False)
        .Method("__hash__", self => Py.Int(Py.Hash(((PyGenericAlias)self).Arguments)))
        .Method("__mro_entries__", (self, bases) => ((PyGenericAlias)self).Origin is PyClass cls ? new PyTuple(cls) : PyTuple.Empty)
        .Method("__instancecheck__", (self, value) => Py.Bool(Check((PyGenericAlias)self, value)))
        .Method("__repr__", self => Describe((PyGenericAlias)self))
        .Property("__origin__", self => ((PyGenericAlias)self).Origin)
        .Property("__args__", self => ((PyGenericAlias)self).Arguments);

    private static bool Check(PyGenericAlias alias, object value)
    {
        if (alias.Arguments.Count == 0 && alias.Origin is PyClass plain)
            return Py.IsInstance(value, plain);
        if (!Equals(alias.Origin, PyGenericAlias.UnionOrigin))
            throw PyErrors.TypeError("isinstance() argument 2 cannot be a parameterized generic");
        return alias.Arguments.Items.Any(a => a is PyNone ? value is PyNone : BuiltinFunctions.IsInstance(value, a));
    }

    private static string Describe(PyGenericAlias alias)
    {
        static string Name(object value) => value switch
        {
            PyClass { Module: "builtins" } cls => cls.Name,
            PyClass cls => $"{cls.Module}.{cls.QualifiedName}",
            PyList list => $"[{string.Join(", ", list.Items.Select(Name))}]",
            PyEllipsis => "...",
            _ => Py.Repr(value),
        };
        var arguments = alias.Arguments.Items.Select(Name);
        return alias.Origin is PyClass origin
            ? $"{Name(origin)}[{string.Join(", ", arguments)}]"
            : Equals(alias.Origin, PyGenericAlias.UnionOrigin)
                ? string.Join(" | ", arguments)
                : $"typing.{alias.Origin}[{string.Join(", ", arguments)}]";
    }
}

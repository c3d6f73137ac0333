using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary>TypeVar and its kin, and the values of <c>type</c> statements.</summary>
internal static class TypeParameters
{
    private static readonly PyClass s_typeVariable = Define("TypeVar");
    private static readonly PyClass s_parameterSpec = Define("ParamSpec");
    private static readonly PyClass s_typeVariableTuple = Define("TypeVarTuple");

    private static readonly PyClass s_alias = new PyClass("TypeAliasType", "typing") { IsAbstractNative = true }
        .Method("__repr__", self => (string)((PyInstance)self).GetAttribute("__name__")!)
        .Method("__getitem__", (self, item) => new PyGenericAlias(self, item))
        .Method("__or__", (a, b) => PyGenericAlias.Union(a, b))
        .Method("__ror__", (a, b) => PyGenericAlias.Union(b, a))
        .Property("__value__", self =>
        {
            var alias = (PyInstance)self;
            if (alias.NativeState is { } lazy)
            {
                alias.SetAttribute("_value", Py.Call(lazy));
                alias.NativeState = null;
            }

            return alias.GetAttribute("_value")!;
        });

    public static IReadOnlyList<PyClass> Classes => [s_typeVariable, s_parameterSpec, s_typeVariableTuple, s_alias];

    public static object Make(string kind, string name, object? bound)
    {
        switch (kind)
        {
            case "Generic":
                return new PyGenericAlias(TypingModule.Generic, bound is null ? PyTuple.Empty : bound);
            case "TypeVar":
                var variable = New(s_typeVariable, name);
                variable.SetAttribute("__infer_variance__", Py.True);
                variable.NativeState = bound;
                return variable;
            default:
                var other = New(kind == "ParamSpec" ? s_parameterSpec : s_typeVariableTuple, name);
                other.SetAttribute("__infer_variance__", Py.True);
                return other;
        }
    }

    public static object MakeAlias(string name, object value, PyTuple parameters)
    {
        var alias = new PyInstance(s_alias) { NativeState = value };
        alias.SetAttribute("__name__", name);
        alias.SetAttribute("__type_params__", parameters);
        return alias;
    }

    private static PyInstance New(PyClass cls, string name)
    {
        var made = new PyInstance(cls);
        made.SetAttribute("__name__", name);
        made.SetAttribute("__constraints__", PyTuple.Empty);
        return made;
    }

    private static PyClass Define(string name) => new PyClass(name, "typing")
        .Method("__init__", "self, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False, default=None", a =>
        {
            var self = a.As<PyInstance>(0);
            if (a.Tuple(2).Count == 1)
                throw PyErrors.TypeError("A single constraint is not allowed");
            self.SetAttribute("__name__", a[1]);
            self.SetAttribute("__constraints__", a[2]);
            self.SetAttribute("_bound", a[3]);
            return null;
        })
        .Method("__or__", (a, b) => PyGenericAlias.Union(a, b))
        .Method("__ror__", (a, b) => PyGenericAlias.Union(b, a))
        .Method("__iter__", self => new NativeIterator("iterator", [new PyGenericAlias("Unpack", self)]))
        .Method("__repr__", self => (Py.TypeName(self) == "TypeVarTuple" || ((PyInstance)self).GetAttribute("__infer_variance__") is true ? "" : "~") + Py.Str(((PyInstance)self).GetAttribute("__name__")!))
        .Property("__bound__", self => ((PyInstance)self).NativeState is { } lazy
            ? Py.Call(lazy)
            : ((PyInstance)self).GetAttribute("_bound") ?? PyNone.Value)
        .Property("args", self => self).Property("kwargs", self => self);
}

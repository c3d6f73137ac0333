using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Modules;

/// <summary>Adds the generated methods to a dataclass.</summary>
internal static class DataclassCreation
{
    public static PyClass Apply(PyClass cls, DataclassOptions options)
    {
        var fields = new PyDict();
        foreach (var ancestor in cls.Mro.Skip(1).Reverse())
        {
            if (ancestor.Namespace.GetOrNull(DataclassesModule.Fields) is PyDict inherited)
                fields.Update(inherited);
        }

        CollectOwn(cls, options, fields);
        cls.Set(DataclassesModule.Fields, fields);
        var all = fields.Values.Cast<PyInstance>().ToList();
        if (options.Init)
            DefineInit(cls, options, all);
        if (options.Repr && cls.Namespace.GetOrNull("__repr__") is null)
        {
            var shown = Names(all, "repr");
            cls.Method("__repr__", self => $"{Py.TypeOf(self).QualifiedName}({string.Join(", ", shown.Select(n => $"{n}={Py.Repr(Py.GetAttr(self, n))}"))})");
        }

        DefineComparison(cls, options, Names(all, "compare"));
        if (options.Frozen)
            Freeze(cls);
        cls.Set("__match_args__", PyTuple.From(Names(all, "init")));
        return cls;
    }

    private static string[] Names(IEnumerable<PyInstance> fields, string flag) =>
        [.. fields.Where(f => f.GetAttribute(flag) is true).Select(f => (string)f.GetAttribute("name")!)];

    private static void CollectOwn(PyClass cls, DataclassOptions options, PyDict fields)
    {
        if (cls.Namespace.GetOrNull("__annotations__") is not PyDict annotations)
            return;
        var keywordOnly = options.KeywordOnly;
        foreach (var (key, type) in annotations.Entries)
        {
            var name = (string)key;
            // With "from __future__ import annotations" it is text.
            if (ReferenceEquals(type, DataclassesModule.KeywordOnly) || type is "KW_ONLY" or "dataclasses.KW_ONLY")
            {
                keywordOnly = true;
                continue;
            }

            if (IsClassVariable(type))
                continue;
            var value = cls.Namespace.GetOrNull(name);
            var field = value as PyInstance;
            if (field is null || !ReferenceEquals(field.Class, DataclassesModule.FieldClass))
                field = Plain(name, value);
            field.SetAttribute("name", name);
            field.SetAttribute("type", type);
            if (IsInitial(type))
            {
                field.SetAttribute(DataclassesModule.Initial, Py.True);
                field.SetAttribute("repr", Py.False);
                field.SetAttribute("compare", Py.False);
            }

            if (ReferenceEquals(field.GetAttribute("kw_only"), DataclassesModule.Missing))
                field.SetAttribute("kw_only", Py.Bool(keywordOnly));
            var initial = field.GetAttribute("default")!;
            if (!ReferenceEquals(initial, DataclassesModule.Missing))
                cls.Set(name, initial);
            else if (value is not null)
                cls.Namespace.Remove(name);
            fields.Set(name, field);
        }
    }

    // InitVar: what only __post_init__ is given.
    private static bool IsInitial(object type) =>
        type is PyGenericAlias { Origin: "InitVar" } || (type is string text && (text.StartsWith("InitVar", StringComparison.Ordinal) || text.StartsWith("dataclasses.InitVar", StringComparison.Ordinal)));

    private static bool IsClassVariable(object type) =>
        (type is PyGenericAlias { Origin: "ClassVar" })
        || (type is string text && text.StartsWith("ClassVar", StringComparison.Ordinal))
        || (type is PyInstance { } form && form.GetAttribute("_name") is "ClassVar");

    private static PyInstance Plain(string name, object? value)
    {
        if (value is PyList or PyDict or PySet)
            throw PyErrors.ValueError($"mutable default {BuiltinRepr.Of(Py.TypeOf(value))} for field {name} is not allowed: use default_factory");
        var field = new PyInstance(DataclassesModule.FieldClass);
        field.SetAttribute("default", value ?? DataclassesModule.Missing);
        field.SetAttribute("default_factory", DataclassesModule.Missing);
        foreach (var flag in (string[])["init", "repr", "compare"])
            field.SetAttribute(flag, Py.True);
        field.SetAttribute("hash", PyNone.Value);
        field.SetAttribute("metadata", new PyDict());
        field.SetAttribute("kw_only", DataclassesModule.Missing);
        return field;
    }

    private static void DefineInit(PyClass cls, DataclassOptions options, List<PyInstance> fields)
    {
        static bool IsMissing(object? value) => value is null || ReferenceEquals(value, DataclassesModule.Missing);
        var taken = fields.Where(f => f.GetAttribute("init") is true).OrderBy(f => f.GetAttribute("kw_only") is true).ToList();
        var parameters = new List<Parameter> { new("self", ParameterKind.Positional) };
        string? optional = null;
        foreach (var field in taken)
        {
            var name = (string)field.GetAttribute("name")!;
            var isKeywordOnly = field.GetAttribute("kw_only") is true;
            var value = !IsMissing(field.GetAttribute("default")) ? field.GetAttribute("default")
                : !IsMissing(field.GetAttribute("default_factory")) ? DataclassesModule.Missing : null;
            if (!isKeywordOnly)
            {
                if (value is null && optional is not null)
                    throw PyErrors.TypeError($"non-default argument '{name}' follows default argument");
                optional = value is null ? optional : name;
            }

            parameters.Add(new Parameter(name, isKeywordOnly ? ParameterKind.KeywordOnly : ParameterKind.Positional, value));
        }

        cls.Set("__init__", new NativeFunction("__init__", new Signature([.. parameters]), a =>
        {
            var initial = new List<object>();
            for (var i = 0; i < fields.Count; i++)
            {
                var field = fields[i];
                var at = taken.IndexOf(field) + 1;
                var name = (string)field.GetAttribute("name")!;
                var value = at > 0 ? a[at] : field.GetAttribute("default")!;
                if (ReferenceEquals(value, DataclassesModule.Missing))
                {
                    var factory = field.GetAttribute("default_factory")!;
                    if (IsMissing(factory))
                        continue;
                    value = Py.Call(factory);
                }

                if (field.GetAttribute(DataclassesModule.Initial) is true)
                    initial.Add(value);
                else if (options.Frozen)
                    ((PyObject)a[0]).SetAttribute(name, value);
                else
                    Py.SetAttr(a[0], name, value);
            }

            if (Py.TypeOf(a[0]).Lookup("__post_init__") is { } after)
                Py.Call(Py.BindDescriptor(after, a[0], Py.TypeOf(a[0])), [.. initial], null);
            return null;
        })
        { QualifiedName = $"{cls.QualifiedName}.__init__" });
    }

    private static void DefineComparison(PyClass cls, DataclassOptions options, string[] names)
    {
        PyTuple Values(object self) => PyTuple.From(names.Select(n => Py.GetAttr(self, n)));
        void Compare(CompareOperator op) => cls.Method(OperatorNames.Compare[(int)op], (a, b) =>
            ReferenceEquals(Py.TypeOf(a), Py.TypeOf(b)) ? Py.Compare(op, Values(a), Values(b)) : PyNotImplemented.Value);
        if (options.Eq && cls.Namespace.GetOrNull("__eq__") is null)
        {
            Compare(CompareOperator.Equal);
            var hash = cls.Namespace.GetOrNull("__hash__");
            if (options.Frozen || options.UnsafeHash)
                cls.Method("__hash__", self => Py.Int(Py.Hash(Values(self))));
            else if (hash is null)
                cls.Set("__hash__", PyNone.Value);
        }

        if (!options.Order)
            return;
        Compare(CompareOperator.Less);
        Compare(CompareOperator.LessOrEqual);
        Compare(CompareOperator.Greater);
        Compare(CompareOperator.GreaterOrEqual);
    }

    private static void Freeze(PyClass cls)
    {
        cls.Method("__setattr__", "self, name, value", a =>
            throw PyErrors.New(DataclassesModule.FrozenError, $"cannot assign to field {Py.Repr(a[1])}"));
        cls.Method("__delattr__", "self, name", a =>
            throw PyErrors.New(DataclassesModule.FrozenError, $"cannot delete field {Py.Repr(a[1])}"));
    }
}

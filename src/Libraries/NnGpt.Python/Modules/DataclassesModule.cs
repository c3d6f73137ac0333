using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>dataclasses</c>.</summary>
internal static class DataclassesModule
{
    internal const string Fields = "__dataclass_fields__";

    /// <summary>Marks a field that is an argument of __post_init__ and no attribute.</summary>
    internal const string Initial = "_initial";

    public static PyClass FieldClass { get; } = new PyClass("Field", "dataclasses")
        .Method("__repr__", self => $"Field(name={Py.Repr(((PyObject)self).GetAttribute("name") ?? PyNone.Value)})");

    public static PyObject Missing { get; } = new PyInstance(new PyClass("_MISSING_TYPE", "dataclasses"));

    public static PyObject KeywordOnly { get; } = new PyInstance(new PyClass("_KW_ONLY_TYPE", "dataclasses"));

    public static PyClass FrozenError { get; } = PyErrors.Subclass("FrozenInstanceError", "dataclasses", PyErrors.AttributeErrorClass);

    public static PyModule Create()
    {
        var module = new PyModule("dataclasses").Set("MISSING", Missing).Set("KW_ONLY", KeywordOnly)
            .Add(FieldClass).Add(FrozenError).Set("InitVar", new PyGenericAlias("InitVar", PyTuple.Empty));
        module.Function(
            "dataclass",
            "cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False",
            a =>
            {
                var options = new DataclassOptions(a.Bool(1), a.Bool(2), a.Bool(3), a.Bool(4), a.Bool(5), a.Bool(6), a.Bool(8));
                if (!a.IsNone(0))
                    return DataclassCreation.Apply(a.As<PyClass>(0), options);
                return new NativeFunction("wrap", "cls", b => DataclassCreation.Apply(b.As<PyClass>(0), options)) { Binds = false };
            });
        module.Function(
            "field", "*, default=..., default_factory=..., init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=...", a =>
            {
                if (a[0] is not PyEllipsis && a[1] is not PyEllipsis)
                    throw PyErrors.ValueError("cannot specify both default and default_factory");
                var field = new PyInstance(FieldClass);
                field.SetAttribute("default", a[0] is PyEllipsis ? Missing : a[0]);
                field.SetAttribute("default_factory", a[1] is PyEllipsis ? Missing : a[1]);
                field.SetAttribute("init", Py.Bool(a.Bool(2)));
                field.SetAttribute("repr", Py.Bool(a.Bool(3)));
                field.SetAttribute("hash", a[4]);
                field.SetAttribute("compare", Py.Bool(a.Bool(5)));
                field.SetAttribute("metadata", a.IsNone(6) ? new PyDict() : a[6]);
                field.SetAttribute("kw_only", a[7] is PyEllipsis ? Missing : a[7]);
                return field;
            });
        module.Function("fields", "class_or_instance", a => PyTuple.From(FieldsOf(a[0]).Values.Where(field => !IsInitial(field))));
        module.Function("is_dataclass", "obj", a => (a[0] as PyClass ?? Py.TypeOf(a[0])).Lookup(Fields) is not null);
        module.Function("asdict", "obj, *, dict_factory=None", a => Convert(RequireInstance(a[0], "asdict"), true));
        module.Function("astuple", "obj, *, tuple_factory=None", a => Convert(RequireInstance(a[0], "astuple"), false));
        module.Function("replace", "obj, /, **changes", a =>
        {
            var changes = a.Dict(1);
            var values = new PyDict();
            foreach (var (name, field) in FieldsOf(a[0]).Entries)
            {
                if (((PyObject)field).GetAttribute("init") is true)
                    values.Set(name, Py.GetAttr(a[0], (string)name));
            }

            values.Update(changes);
            return Py.CallWith(Py.TypeOf(a[0]), [], values);
        });
        return module;
    }

    private static bool IsInitial(object field) => (field as PyObject)?.GetAttribute(Initial) is true;

    private static PyDict FieldsOf(object value) => (value as PyClass ?? Py.TypeOf(value)).Lookup(Fields) as PyDict
        ?? throw PyErrors.TypeError("must be called with a dataclass type or instance");

    private static object RequireInstance(object value, string function) =>
        value is not PyClass && Py.TypeOf(value).Lookup(Fields) is not null
            ? value
            : throw PyErrors.TypeError($"{function}() should be called on dataclass instances");

    private static object Convert(object value, bool asDict)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (value is not PyClass && Py.TypeOf(value).Lookup(Fields) is PyDict fields)
        {
            var dict = new PyDict();
            foreach (var (name, _) in fields.Entries.Where(entry => !IsInitial(entry.Value)))
                dict.Set(name, Convert(Py.GetAttr(value, (string)name), asDict));
            return asDict ? dict : PyTuple.From(dict.Values);
        }

        switch (value)
        {
            case PyList list:
                return new PyList(list.Items.Select(i => Convert(i, asDict)).ToList());
            case PyTuple tuple:
                return new PyTuple(tuple.Class, [.. tuple.Items.Select(i => Convert(i, asDict))]);
            case PyDict dict:
                var copy = new PyDict();
                foreach (var (key, item) in dict.Entries)
                    copy.Set(key, Convert(item, asDict));
                return copy;
            default:
                return CopyModule.Deep(value, new PyDict());
        }
    }
}

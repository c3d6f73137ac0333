using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>collections.namedtuple</c> and <c>typing.NamedTuple</c>.</summary>
internal static class NamedTuples
{
    private static readonly PyClass s_meta = new PyClass("NamedTupleMeta", "typing", PyTypes.Type)
        .New("cls, name, bases, names, **kwargs", a => FromAnnotations(a.Text(1), a.Dict(3)));

    /// <summary><c>typing.NamedTuple</c>, as a base class.</summary>
    public static PyClass TypedBase { get; } = new PyClass("NamedTuple", "typing", [PyTypes.Object], new PyDict(), s_meta) { IsNative = true }
        .New("cls, typename, fields=None, /, **kwargs", a => Define(
            a.Text(1), [.. Py.Iterate(a[2] is PyNone ? PyTuple.Empty : a[2]).Select(f => Py.Str(Py.GetItem(f, Py.Int(0))))], []));

    /// <summary>A tuple of a class made on the spot.</summary>
    public static object Make(string name, IReadOnlyList<string> fields, object[] values) => new PyTuple(Define(name, fields, []), values);

    /// <summary>Makes a class; the defaults belong to the last fields.</summary>
    public static PyClass Define(string name, IReadOnlyList<string> fields, IReadOnlyList<object> defaults)
    {
        foreach (var field in fields)
        {
            if (field.Length == 0 || !(char.IsLetter(field[0]) || field[0] == '_') || !field.All(c => char.IsLetterOrDigit(c) || c == '_'))
                throw PyErrors.ValueError($"Type names and field names must be valid identifiers: '{field}'");
            if (field[0] == '_')
                throw PyErrors.ValueError($"Field names cannot start with an underscore: '{field}'");
        }

        if (fields.Distinct().Count() != fields.Count)
            throw PyErrors.ValueError($"Encountered duplicate field name: '{fields.GroupBy(f => f).First(g => g.Count() > 1).Key}'");
        if (defaults.Count > fields.Count)
            throw PyErrors.TypeError("Got more default values than field names");
        var names = new PyDict();
        names.Set("__module__", "__main__");
        names.Set("__slots__", PyTuple.Empty);
        var cls = ClassCreation.Create(PyTypes.Type, name, [PyTypes.Tuple], names, null);
        var parameters = new List<Parameter> { new("_cls", ParameterKind.Positional) };
        for (var i = 0; i < fields.Count; i++)
        {
            var at = i - (fields.Count - defaults.Count);
            parameters.Add(new Parameter(fields[i], ParameterKind.Positional, at >= 0 ? defaults[at] : null));
        }

        var signature = new Signature([.. parameters]);
        cls.Set("__new__", new PyStaticMethod(new NativeFunction("__new__", signature, a =>
            new PyTuple(a.As<PyClass>(0), [.. Enumerable.Range(1, fields.Count).Select(i => a[i])]))
        {
            QualifiedName = $"{name}.__new__",
            Defaults = [.. parameters.Select(p => p.Default)],
        }));
        for (var i = 0; i < fields.Count; i++)
        {
            var index = i;
            cls.Property(fields[i], self => ((PyTuple)self)[index], (_, _) => throw PyErrors.AttributeError("can't set attribute"));
        }

        cls.Set("_fields", PyTuple.From(fields));
        cls.Set("__match_args__", PyTuple.From(fields));
        cls.Set("_field_defaults", DefaultsOf(fields, defaults));
        cls.Method("__repr__", self => $"{Py.TypeName(self)}({string.Join(", ", fields.Select((f, i) => $"{f}={Py.Repr(((PyTuple)self)[i])}"))})");
        cls.Method("_asdict", self => AsDict(fields, (PyTuple)self));
        cls.ClassMethod("_make", "cls, iterable", a => Py.Call(a[0], [.. Py.ToList(a[1])], null));
        cls.Method("_replace", "self, /, **kwargs", a =>
        {
            var values = AsDict(fields, (PyTuple)a[0]);
            foreach (var (key, value) in a.Dict(1).Entries)
            {
                if (!values.ContainsKey(key))
                    throw PyErrors.ValueError($"Got unexpected field names: [{Py.Repr(key)}]");
                values.Set(key, value);
            }

            return new PyTuple(Py.TypeOf(a[0]), [.. values.Values]);
        });
        return cls;
    }

    private static PyDict AsDict(IReadOnlyList<string> fields, PyTuple values)
    {
        var dict = new PyDict();
        for (var i = 0; i < fields.Count; i++)
            dict.Set(fields[i], values[i]);
        return dict;
    }

    private static PyDict DefaultsOf(IReadOnlyList<string> fields, IReadOnlyList<object> defaults)
    {
        var dict = new PyDict();
        for (var i = 0; i < defaults.Count; i++)
            dict.Set(fields[fields.Count - defaults.Count + i], defaults[i]);
        return dict;
    }

    private static PyClass FromAnnotations(string name, PyDict names)
    {
        var fields = (names.GetOrNull("__annotations__") as PyDict)?.Keys.Select(Py.Str).ToList() ?? [];
        var defaults = new List<object>();
        foreach (var field in fields)
        {
            if (names.GetOrNull(field) is { } value)
                defaults.Add(value);
            else if (defaults.Count > 0)
                throw PyErrors.TypeError($"non-default namedtuple field {field} cannot follow default field");
        }

        var cls = Define(name, fields, defaults);
        foreach (var (key, value) in names.Entries)
        {
            if (key is string text && !fields.Contains(text) && text is not ("__qualname__" or "__classcell__" or "__slots__"))
                cls.Set(text, value);
        }

        if (names.GetOrNull(ClassCreation.ClassCellName) is ClassCell { Cell: var cell })
            cell.Value = cls;
        return cls;
    }
}

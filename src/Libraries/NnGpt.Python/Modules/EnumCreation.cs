using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary>Turns a class body into an enumeration and finds members.</summary>
internal static class EnumCreation
{
    public static PyClass Create(PyClass meta, string name, object[] bases, PyDict names)
    {
        foreach (var parent in bases.OfType<PyClass>())
        {
            if (EnumModule.MembersOf(parent).Count > 0)
                throw PyErrors.TypeError($"<enum '{name}'> cannot extend {Py.Repr(parent)}");
        }

        var body = names.Copy();
        var definitions = new List<(string Name, object Value)>();
        foreach (var (key, value) in names.Entries)
        {
            if (key is not string member || !IsMember(member, value))
                continue;
            definitions.Add((member, value));
            body.Remove(member);
        }

        body.Remove("_ignore_");
        var cls = ClassCreation.Create(meta, name, bases, body, null);
        var members = new PyDict();
        cls.Set(EnumModule.Members, members);
        PreferEnumText(cls, body);
        foreach (var (member, value) in definitions)
            AddMember(cls, members, member, value);
        return cls;
    }

    public static object ByValue(PyClass cls, object value)
    {
        var members = EnumModule.MembersOf(cls);
        foreach (var member in members.Values)
        {
            if (ReferenceEquals(member, value) || Py.AreEqual(EnumModule.ValueOf(member), value))
                return member;
        }

        if (cls.Lookup("_missing_") is { } missing && Py.Call(Py.BindDescriptor(missing, null, cls), value) is { } found and not PyNone)
            return found;
        if (cls.IsSubclassOf(EnumModule.Flag) && Py.IsInt(value))
            return Combined(cls, members, value);
        throw PyErrors.ValueError($"{Py.Repr(value)} is not a valid {cls.QualifiedName}");
    }

    public static PyClass Functional(PyClass cls, string name, object names, long start)
    {
        var body = new PyDict();
        body.Set("__module__", "__main__");
        var items = Py.TryText(names, out var text)
            ? text.Replace(',', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : Py.Iterate(names);
        foreach (var item in items)
        {
            if (item is PyTuple { Count: 2 } pair)
                body.Set(Py.Str(pair[0]), pair[1]);
            else if (names is PyDict dict)
                body.Set(Py.Str(item), Py.GetItem(dict, item));
            else
                body.Set(Py.Str(item), Py.Int(start++));
        }

        return Create(cls.Class, name, [cls], body);
    }

    private static bool IsMember(string name, object value) =>
        !(name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal))
        && !(name.StartsWith('_') && name.EndsWith('_'))
        && value is not (PyFunction or PyStaticMethod or PyClassMethod or PyProperty or NativeFunction)
        && !(value is PyInstance && Py.TypeOf(value).Lookup("__get__") is not null);

    /// <summary>A mixed-in data type must not hide the enumeration's repr and str.</summary>
    private static void PreferEnumText(PyClass cls, PyDict body)
    {
        if (cls.IsSubclassOf(EnumModule.IntEnum) || cls.IsSubclassOf(EnumModule.StrEnum) || cls.IsSubclassOf(EnumModule.IntFlag))
            return;
        foreach (var name in (string[])["__repr__", "__str__", "__format__"])
        {
            var found = cls.Mro.First(c => c.Namespace.GetOrNull(name) is not null);
            if (body.GetOrNull(name) is null && found.IsNative && found.Module == "builtins")
                cls.Set(name, EnumModule.Enum.Lookup(name)!);
        }
    }

    private static void AddMember(PyClass cls, PyDict members, string name, object value)
    {
        if (Py.IsInstance(value, EnumModule.Auto))
        {
            var automatic = (PyObject)value;
            value = automatic is AutoOperation operation ? operation.Evaluate() : NextValue(cls, members, name);
            automatic.SetAttribute("value", value);
        }

        foreach (var existing in members.Values)
        {
            if (!Py.AreEqual(EnumModule.ValueOf(existing), value))
                continue;
            members.Set(name, existing);
            cls.Set(name, existing);
            return;
        }

        var member = Instantiate(cls, value, out var stored);
        member.SetAttribute("_value_", stored);
        member.SetAttribute("_name_", name);
        members.Set(name, member);
        cls.Set(name, member);
        if (cls.Lookup("__init__") is PyFunction initialize)
            Py.Call(initialize, [member, .. value is PyTuple tuple ? tuple.Items : [value]], null);
    }

    private static PyObject Instantiate(PyClass cls, object value, out object stored)
    {
        stored = value;
        if (cls.Lookup("__new__") is PyStaticMethod { Function: PyFunction create })
        {
            var made = (PyObject)create.Call([cls, .. value is PyTuple tuple ? tuple.Items : [value]], null);
            stored = made.GetAttribute("_value_") ?? value;
            return made;
        }

        foreach (var type in (PyClass[])[PyTypes.Int, PyTypes.Str, PyTypes.Float])
        {
            if (!cls.IsSubclassOf(type))
                continue;
            stored = Py.Call(type, value is PyTuple several ? several.Items : [value], null);
            return new PyBoxed(cls, stored);
        }

        return cls.IsSubclassOf(PyTypes.Tuple) && value is PyTuple items ? new PyTuple(cls, items.Items) : new PyInstance(cls);
    }

    private static object NextValue(PyClass cls, PyDict members, string name)
    {
        if (cls.Lookup("_generate_next_value_") is { } generate)
        {
            var values = new PyList(members.Values.Select(EnumModule.ValueOf));
            return Py.Call(generate is PyStaticMethod { Function: var inner } ? inner : generate, name, Py.Int(1), Py.Int(members.Count), values);
        }

        if (cls.IsSubclassOf(EnumModule.StrEnum))
            return name.ToLowerInvariant();
        var numbers = members.Values.Select(EnumModule.ValueOf).Where(Py.IsInt).Select(Py.ToLong).ToList();
        if (!cls.IsSubclassOf(EnumModule.Flag))
            return Py.Int(numbers.Count == 0 ? 1 : numbers.Max() + 1);
        long bit = 1;
        while (numbers.Any(n => n >= bit))
            bit <<= 1;
        return Py.Int(bit);
    }

    private static PyObject Combined(PyClass cls, PyDict members, object value)
    {
        var bits = Py.ToLong(value);
        var member = cls.IsSubclassOf(PyTypes.Int) ? new PyBoxed(cls, Py.Int(bits)) : new PyInstance(cls);
        member.SetAttribute("_value_", Py.Int(bits));
        var parts = members.Values.Where(m => (Py.ToLong(EnumModule.ValueOf(m)) & bits) != 0).Select(EnumModule.NameOf).ToList();
        member.SetAttribute("_name_", parts.Count > 0 ? string.Join("|", parts) : (object)PyNone.Value);
        return member;
    }
}

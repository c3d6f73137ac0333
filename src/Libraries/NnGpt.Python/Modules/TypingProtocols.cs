using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>typing.Protocol</c> and <c>typing.TypedDict</c>.</summary>
internal static class TypingProtocols
{
    private const string RuntimeMark = "_is_runtime_protocol";

    private static readonly PyClass s_meta = new PyClass("_ProtocolMeta", "typing", AbcModule.Meta)
        .Method("__instancecheck__", (cls, value) => Py.Bool(IsInstance((PyClass)cls, value)))
        .Method("__call__", "cls, *args, **kwargs", a => IsProtocol(a.As<PyClass>(0))
            ? throw PyErrors.TypeError("Protocols cannot be instantiated")
            : ClassCalls.Instantiate(a.As<PyClass>(0), a.Tuple(1).Items, Py.KeywordsOf(a.Dict(2)) is { Length: > 0 } k ? k : null));

    private static readonly PyClass s_typedDictMeta = new PyClass("_TypedDictMeta", "typing", PyTypes.Type)
        .New("cls, name, bases, names, total=True", a => MakeTypedDict(a.As<PyClass>(0), a.Text(1), a.Dict(3), a.As<PyTuple>(2), a.Bool(4)))
        .Method("__instancecheck__", (_, _) => throw PyErrors.TypeError("TypedDict does not support instance and class checks"))
        .Method("__call__", "cls, *args, **kwargs", a => ReferenceEquals(a[0], TypedDict)
            ? Functional(a.Tuple(1))
            : Py.CallWith(PyTypes.Dict, a.Tuple(1).Items, a.Dict(2)));

    /// <summary><c>typing.Protocol</c>.</summary>
    public static PyClass Protocol { get; } = new PyClass("Protocol", "typing", [PyTypes.Object], new PyDict(), s_meta) { IsNative = true }
        .ClassMethod("__class_getitem__", "cls, item", a => new PyGenericAlias(a[0], a[1]));

    /// <summary><c>typing.TypedDict</c>.</summary>
    public static PyClass TypedDict { get; } = new("TypedDict", "typing", [PyTypes.Dict], new PyDict(), s_typedDictMeta) { IsNative = true };

    public static object MarkRuntime(PyClass cls)
    {
        if (!IsProtocol(cls))
            throw PyErrors.TypeError($"@runtime_checkable can be only applied to protocol classes, got {Py.Repr(cls)}");
        cls.Set(RuntimeMark, Py.True);
        return cls;
    }

    private static bool IsProtocol(PyClass cls) => cls.Bases.Any(b => ReferenceEquals(b, Protocol));

    private static bool IsInstance(PyClass cls, object value)
    {
        var type = Py.TypeOf(value);
        if (type.IsSubclassOf(cls))
            return true;
        if (!IsProtocol(cls))
            return false;
        if (cls.Namespace.GetOrNull(RuntimeMark) is null)
            throw PyErrors.TypeError("Instance and class checks can only be used with @runtime_checkable protocols");
        foreach (var ancestor in cls.Mro)
        {
            if (ReferenceEquals(ancestor, Protocol) || ReferenceEquals(ancestor, PyTypes.Object))
                continue;
            var names = ancestor.Namespace.Keys.OfType<string>()
                .Concat((ancestor.Namespace.GetOrNull("__annotations__") as PyDict)?.Keys.OfType<string>() ?? []);
            if (names.Any(n => !(n.StartsWith('_') && n is not ("__call__" or "__len__" or "__iter__" or "__getitem__")) && !Py.HasAttr(value, n)))
                return false;
        }

        return true;
    }

    private static PyClass MakeTypedDict(PyClass meta, string name, PyDict names, PyTuple bases, bool total)
    {
        var annotations = new PyDict();
        foreach (var parent in bases.Items.OfType<PyClass>())
        {
            if (parent.Namespace.GetOrNull("__annotations__") is PyDict inherited)
                annotations.Update(inherited);
        }

        if (names.GetOrNull("__annotations__") is PyDict own)
            annotations.Update(own);
        names.Set("__annotations__", annotations);
        var cls = ClassCreation.Create(meta, name, [PyTypes.Dict], names, null);
        cls.Set("__total__", Py.Bool(total));
        return cls;
    }

    private static PyClass Functional(PyTuple arguments)
    {
        if (arguments.Count < 2 || !Py.TryText(arguments[0], out var name) || arguments[1] is not PyDict fields)
            throw PyErrors.TypeError("TypedDict() takes a name and a dict of fields");
        var names = new PyDict();
        names.Set("__annotations__", fields.Copy());
        return MakeTypedDict(s_typedDictMeta, name, names, PyTuple.Empty, true);
    }
}

using NnGpt.Python.Builtins;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>collections</c>.</summary>
internal static class CollectionsModule
{
    public static PyClass OrderedDict { get; } = new PyClass("OrderedDict", "collections", PyTypes.Dict) { InstancesHaveAttributes = true, IsQualified = true }
        .Method("move_to_end", "self, key, last=True", a =>
            a.As<PyDict>(0).MoveToEnd(a[1], a.Bool(2)) ? null : throw PyErrors.KeyError(a[1]))
        .Method("popitem", "self, last=True", a =>
        {
            var dict = a.As<PyDict>(0);
            if (dict.Count == 0)
                throw PyErrors.KeyError("dictionary is empty");
            var entry = a.Bool(1) ? dict.Entries.Last() : dict.Entries.First();
            dict.Remove(entry.Key);
            return new PyTuple(entry.Key, entry.Value);
        })
        .Method("copy", self => Same((PyDict)self))
        .Method("__or__", (a, b) => b is PyDict other ? Merge((PyDict)a, (PyDict)a, other) : PyNotImplemented.Value)
        .Method("__ror__", (a, b) => b is PyDict other ? Merge((PyDict)a, other, (PyDict)a) : PyNotImplemented.Value)
        .Method("__eq__", (a, b) => b is not PyDict other
            ? PyNotImplemented.Value
            : Py.Bool(DictMethods.AreEqual((PyDict)a, other)
                      && (!Py.IsInstance(b, OrderedDict!) || ((PyDict)a).Keys.Zip(other.Keys).All(p => Py.AreEqual(p.First, p.Second)))))
        .Method("__repr__", self => ((PyDict)self).Count == 0
            ? $"{Py.TypeOf(self).Name}()"
            : $"{Py.TypeOf(self).Name}([{string.Join(", ", ((PyDict)self).Entries.Select(e => $"({Py.Repr(e.Key)}, {Py.Repr(e.Value)})"))}])");

    public static PyClass DefaultDict { get; } = new PyClass("defaultdict", "collections", PyTypes.Dict) { IsQualified = true }
        .Allocate(cls => new DefaultDictObject(cls))
        .Method("__init__", "self, default_factory=None, /, *args, **kwargs", a =>
        {
            if (!a.IsNone(1) && !Py.IsCallable(a[1]))
                throw PyErrors.TypeError("first argument must be callable or None");
            a.As<DefaultDictObject>(0).Factory = a[1];
            if (a.Tuple(2).Count > 0)
                DictMethods.UpdateFrom(a.As<PyDict>(0), a.Tuple(2)[0]);
            a.As<PyDict>(0).Update(a.Dict(3));
            return null;
        })
        .Method("__getitem__", (self, key) =>
        {
            var dict = (DefaultDictObject)self;
            if (dict.TryGet(key, out var value))
                return value;
            if (dict.Factory is PyNone)
                throw PyErrors.KeyError(key);
            value = Py.Call(dict.Factory);
            dict.Set(key, value);
            return value;
        })
        .Method("copy", self => Same((PyDict)self))
        .Property("default_factory", self => ((DefaultDictObject)self).Factory, (self, value) => ((DefaultDictObject)self).Factory = value)
        .Method("__repr__", self => $"defaultdict({Py.Repr(((DefaultDictObject)self).Factory)}, {Py.Repr(((PyDict)self).Copy())})");

    public static PyClass Deque { get; } = Deques.Define();

    public static PyClass Counter { get; } = Counters.Define();

    public static PyModule Create()
    {
        var module = new PyModule("collections").Add(OrderedDict).Add(DefaultDict).Add(Deque).Add(Counter);
        module.Function("namedtuple", "typename, field_names, *, rename=False, defaults=None, module=None", a =>
        {
            var fields = Py.TryText(a[1], out var text)
                ? text.Replace(',', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                : Py.Iterate(a[1]).Select(Py.Str).ToArray();
            return NamedTuples.Define(a.Text(0), fields, a.IsNone(3) ? [] : Py.ToList(a[3]));
        });
        module.Function("ChainMap", "*maps", a =>
        {
            var merged = new PyDict();
            foreach (var map in a.Tuple(0).Items.Reverse())
                DictMethods.UpdateFrom(merged, map);
            return merged;
        });
        module.Set("UserDict", PyTypes.Dict).Set("UserList", PyTypes.List).Set("abc", AbstractCollections.CreateModule());
        return module;
    }

    /// <summary>What a dict subclass keeps besides its entries.</summary>
    public static void CopyDictState(PyDict from, PyDict to)
    {
        if (from is DefaultDictObject source && to is DefaultDictObject target)
            target.Factory = source.Factory;
    }

    private static PyDict Merge(PyDict like, PyDict first, PyDict second)
    {
        var merged = (PyDict)ClassCalls.Allocate(like.Class);
        merged.Update(first);
        merged.Update(second);
        return merged;
    }

    private static PyDict Same(PyDict dict)
    {
        var copy = (PyDict)ClassCalls.Allocate(dict.Class);
        CopyDictState(dict, copy);
        copy.Update(dict);
        return copy;
    }

    private sealed class DefaultDictObject(PyClass cls) : PyDict(cls)
    {
        public object Factory { get; set; } = PyNone.Value;
    }
}

using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of dict and its views.</summary>
internal static class DictMethods
{
    public static void Define()
    {
        var cls = PyTypes.Dict;
        cls.Allocate(c => new PyDict(c));
        cls.New("cls, *args, **kwargs", a => ClassCalls.Allocate(a.As<PyClass>(0)));
        cls.Method("__init__", "self, *args, **kwargs", a => Update(a, "dict"));
        cls.Method("update", "self, *args, **kwargs", a => Update(a, "update"));
        cls.Method("__len__", self => Py.Int(Dict(self).Count));
        cls.Method("__contains__", (self, key) => Py.Bool(Dict(self).ContainsKey(key)));
        cls.Method("__getitem__", GetItem);
        cls.Method("__setitem__", "self, key, value, /", a =>
        {
            Dict(a[0]).Set(a[1], a[2]);
            return null;
        });
        cls.Method("__delitem__", "self, key, /", a => Dict(a[0]).Remove(a[1]) ? null : throw PyErrors.KeyError(a[1]));
        cls.Method("__iter__", self => new NativeIterator("dict_keyiterator", new PyDictView(PyTypes.DictKeys, Dict(self)).Items()));
        cls.Method("__reversed__", self => new NativeIterator("dict_reversekeyiterator", Dict(self).Keys.ToList().AsEnumerable().Reverse()));
        cls.Method("__eq__", (a, b) => b is PyDict other ? Py.Bool(AreEqual(Dict(a), other)) : PyNotImplemented.Value);
        cls.Method("__ne__", (a, b) => b is PyDict other ? Py.Bool(!AreEqual(Dict(a), other)) : PyNotImplemented.Value);
        cls.Method("__or__", (a, b) => a is PyDict x && b is PyDict y ? Merge(x, y) : PyNotImplemented.Value);
        cls.Method("__ror__", (a, b) => a is PyDict x && b is PyDict y ? Merge(y, x) : PyNotImplemented.Value);
        cls.Method("__ior__", (a, b) =>
        {
            UpdateFrom(Dict(a), b);
            return a;
        });
        cls.Attribute("__hash__", PyNone.Value);
        cls.Method("__repr__", self => BuiltinRepr.Of(self));
        cls.Method("keys", self => new PyDictView(PyTypes.DictKeys, Dict(self)));
        cls.Method("values", self => new PyDictView(PyTypes.DictValues, Dict(self)));
        cls.Method("items", self => new PyDictView(PyTypes.DictItems, Dict(self)));
        cls.Method("get", "self, key, default=None, /", a => Dict(a[0]).TryGet(a[1], out var value) ? value : a[2]);
        cls.Method("setdefault", "self, key, default=None, /", a =>
        {
            if (Dict(a[0]).TryGet(a[1], out var value))
                return value;
            Dict(a[0]).Set(a[1], a[2]);
            return a[2];
        });
        cls.Method("pop", "self, key, *default", a =>
        {
            if (Dict(a[0]).Remove(a[1], out var value))
                return value;
            return a.Tuple(2).Count > 0 ? a.Tuple(2)[0] : throw PyErrors.KeyError(a[1]);
        });
        cls.Method("popitem", "self, /", a =>
        {
            if (Dict(a[0]).Count == 0)
                throw PyErrors.KeyError("popitem(): dictionary is empty");
            var last = Dict(a[0]).Entries.Last();
            Dict(a[0]).Remove(last.Key);
            return new PyTuple(last.Key, last.Value);
        });
        cls.Method("clear", "self, /", a =>
        {
            Dict(a[0]).Clear();
            return null;
        });
        cls.Method("copy", self => Dict(self).Copy());
        cls.ClassMethod("fromkeys", "cls, iterable, value=None, /", a =>
        {
            var dict = Py.Call(a[0]);
            foreach (var key in Py.Iterate(a[1]))
                Py.SetItem(dict, key, a[2]);
            return dict;
        });
        foreach (var view in (PyClass[])[PyTypes.DictKeys, PyTypes.DictValues, PyTypes.DictItems])
            DefineView(view);
    }

    private static PyDict Dict(object self) => self as PyDict
        ?? throw PyErrors.TypeError($"descriptor requires a 'dict' object but received a '{Py.TypeName(self)}'");

    private static object GetItem(object self, object key)
    {
        if (Dict(self).TryGet(key, out var value))
            return value;
        return !((PyDict)self).Class.IsNative && Py.TypeOf(self).Lookup("__missing__") is { } missing
            ? Py.CallSpecial(missing, self, key)
            : throw PyErrors.KeyError(key);
    }

    private static object? Update(NativeArguments a, string name)
    {
        var arguments = a.Tuple(1);
        if (arguments.Count > 1)
            throw PyErrors.TypeError($"{name} expected at most 1 argument, got {arguments.Count}");
        if (arguments.Count == 1)
            UpdateFrom(Dict(a[0]), arguments[0]);
        Dict(a[0]).Update(a.Dict(2));
        return null;
    }

    public static void UpdateFrom(PyDict dict, object source)
    {
        if (source is PyDict other)
        {
            dict.Update(other);
            return;
        }

        if (Py.FindAttr(source, "keys") is { } keys)
        {
            foreach (var key in Py.Iterate(Py.Call(keys)))
                dict.Set(key, Py.GetItem(source, key));
            return;
        }

        var index = 0;
        foreach (var item in Py.Iterate(source))
        {
            if (!Py.IsIterable(item))
                throw PyErrors.TypeError($"cannot convert dictionary update sequence element #{index} to a sequence");
            var pair = Py.ToList(item);
            if (pair.Count != 2)
                throw PyErrors.ValueError($"dictionary update sequence element #{index} has length {pair.Count}; 2 is required");
            dict.Set(pair[0], pair[1]);
            index++;
        }
    }

    public static bool AreEqual(PyDict a, PyDict b)
    {
        if (a.Count != b.Count)
            return false;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var (key, value) in a.Entries)
        {
            if (!b.TryGet(key, out var other) || !Py.AreEqual(value, other))
                return false;
        }

        return true;
    }

    private static PyDict Merge(PyDict a, PyDict b)
    {
        var result = a.Copy();
        result.Update(b);
        return result;
    }

    private static void DefineView(PyClass cls)
    {
        cls.Method("__len__", self => Py.Int(((PyDictView)self).Dict.Count));
        cls.Method("__iter__", self => new NativeIterator("dict_iterator", ((PyDictView)self).Items()));
        cls.Method("__reversed__", self => new NativeIterator("dict_reverseiterator", ((PyDictView)self).Items().ToList().AsEnumerable().Reverse()));
        cls.Method("__repr__", self => $"{cls.Name}({Py.Repr(new PyList(((PyDictView)self).Items()))})");
        if (ReferenceEquals(cls, PyTypes.DictValues))
            return;
        cls.Method("__contains__", (self, item) => Py.Bool(Contains((PyDictView)self, item)));
        SetMethods.DefineAlgebra(cls, self => ((PyDictView)self).Items());
        cls.Attribute("__hash__", PyNone.Value);
    }

    private static bool Contains(PyDictView view, object item)
    {
        if (view.IsKeys)
            return view.Dict.ContainsKey(item);
        return item is PyTuple { Count: 2 } pair && view.Dict.TryGet(pair[0], out var value) && Py.AreEqual(value, pair[1]);
    }
}

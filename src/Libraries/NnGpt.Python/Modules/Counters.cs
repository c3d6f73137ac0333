using NnGpt.Python.Builtins;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>collections.Counter</c>.</summary>
internal static class Counters
{
    public static PyClass Define()
    {
        var cls = new PyClass("Counter", "collections", PyTypes.Dict);
        cls.Method("__init__", "self, iterable=None, /, **kwargs", a => Count(a, BinaryOperator.Add));
        cls.Method("update", "self, iterable=None, /, **kwargs", a => Count(a, BinaryOperator.Add));
        cls.Method("subtract", "self, iterable=None, /, **kwargs", a => Count(a, BinaryOperator.Subtract));
        cls.Method("__getitem__", (self, key) => ((PyDict)self).TryGet(key, out var value) ? value : Py.Int(0));
        cls.Method("most_common", "self, n=None", a =>
        {
            var pairs = Sorting.Sort(
                [.. a.As<PyDict>(0).Entries.Select(e => (object)new PyTuple(e.Key, e.Value))],
                new NativeFunction("key", "pair", b => ((PyTuple)b[0])[1]), true);
            return new PyList(a.IsNone(1) ? pairs : pairs.Take(a.Int(1)).ToList());
        });
        cls.Method("elements", self => new NativeIterator("chain", ((PyDict)self).Entries.SelectMany(e => Repeat(e.Key, Py.ToLong(e.Value)))));
        cls.Method("total", self => ((PyDict)self).Values.Aggregate(Py.Int(0), (sum, v) => Py.Binary(BinaryOperator.Add, sum, v)));
        cls.Method("copy", self => Py.Call(Py.TypeOf(self), self));
        cls.Method("__add__", (a, b) => Combine(a, b, (x, y) => Py.Binary(BinaryOperator.Add, x, y)));
        cls.Method("__sub__", (a, b) => Combine(a, b, (x, y) => Py.Binary(BinaryOperator.Subtract, x, y)));
        cls.Method("__or__", (a, b) => Combine(a, b, (x, y) => Less(x, y) ? y : x));
        cls.Method("__and__", (a, b) => Combine(a, b, (x, y) => Less(x, y) ? x : y));
        cls.Method("__repr__", self =>
        {
            var pairs = (PyList)Py.CallMethod(self, "most_common");
            return pairs.Count == 0
                ? "Counter()"
                : $"Counter({{{string.Join(", ", pairs.Items.Cast<PyTuple>().Select(p => $"{Py.Repr(p[0])}: {Py.Repr(p[1])}"))}}})";
        });
        return cls;
    }

    private static bool Less(object x, object y) => Py.Truth(Py.Compare(CompareOperator.Less, x, y));

    private static object? Count(NativeArguments a, BinaryOperator op)
    {
        var dict = a.As<PyDict>(0);
        void Add(object key, object amount) =>
            dict.Set(key, Py.Binary(op, dict.TryGet(key, out var old) ? old : Py.Int(0), amount));
        if (a[1] is PyDict other)
        {
            foreach (var (key, value) in other.Entries.ToList())
                Add(key, value);
        }
        else if (!a.IsNone(1))
        {
            foreach (var item in Py.Iterate(a[1]))
                Add(item, Py.Int(1));
        }

        foreach (var (key, value) in a.Dict(2).Entries)
            Add(key, value);
        return null;
    }

    private static IEnumerable<object> Repeat(object item, long count)
    {
        for (long i = 0; i < count; i++)
            yield return item;
    }

    private static object Combine(object a, object b, Func<object, object, object> join)
    {
        if (a is not PyDict left || b is not PyDict right)
            return PyNotImplemented.Value;
        var result = (PyDict)Py.Call(Py.TypeOf(a));
        foreach (var key in left.Keys.Concat(right.Keys.Where(k => !left.ContainsKey(k))).ToList())
        {
            var value = join(left.TryGet(key, out var x) ? x : Py.Int(0), right.TryGet(key, out var y) ? y : Py.Int(0));
            if (Py.Truth(Py.Compare(CompareOperator.Greater, value, Py.Int(0))))
                result.Set(key, value);
        }

        return result;
    }
}

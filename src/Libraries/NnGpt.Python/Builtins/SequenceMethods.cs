using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>What list and tuple share.</summary>
internal static class SequenceMethods
{
    public static void Define(PyClass cls, Func<object, IList<object>> items, string name)
    {
        var isList = name == "list";
        cls.Method("__len__", self => Py.Int(items(self).Count));
        cls.Method("__contains__", (self, item) => Py.Bool(items(self).ToArray().Any(i => Py.AreEqual(i, item))));
        cls.Method("__getitem__", (self, key) => GetItem(items(self), key, name, isList));
        cls.Method("__add__", (self, other) => SequenceOperators.Concatenate(self, other)!);
        cls.Method("__mul__", (self, count) => Multiply(self, count));
        cls.Method("__rmul__", (self, count) => Multiply(self, count));
        if (isList)
            cls.Method("__reversed__", self => new NativeIterator("list_reverseiterator", Backwards(items(self))));
        foreach (var op in Enum.GetValues<CompareOperator>())
        {
            cls.Method(OperatorNames.Compare[(int)op], (self, other) => (isList ? other is PyList : other is PyTuple)
                ? BuiltinComparison.CompareItems(op, items(self), items(other))
                : PyNotImplemented.Value);
        }
    }

    private static object Multiply(object self, object count) => Py.TryIndexOrLarge(count, out var number)
        ? SequenceOperators.Repeat(self, number)!
        : throw PyErrors.TypeError($"can't multiply sequence by non-int of type '{Py.TypeName(count)}'");

    private static object GetItem(IList<object> items, object key, string name, bool isList)
    {
        if (key is not PySlice slice)
            return items[SequenceOperators.Position(Index(key, name), items.Count, $"{name} index out of range")];
        var (start, _, step, count) = slice.Indices(items.Count);
        var part = new object[count];
        for (var i = 0; i < part.Length; i++)
            part[i] = items[(int)(start + i * step)];
        return isList ? new PyList(new List<object>(part)) : new PyTuple(part);
    }

    public static long Index(object key, string name) => Py.TryIndexOrLarge(key, out var index)
        ? index
        : throw PyErrors.TypeError($"{name} indices must be integers or slices, not {Py.TypeName(key)}");

    public static object IndexOf(IList<object> items, object item, long start, long stop, string message)
    {
        start = Math.Clamp(start < 0 ? start + items.Count : start, 0, items.Count);
        stop = Math.Clamp(stop < 0 ? stop + items.Count : stop, 0, items.Count);
        for (var i = (int)start; i < stop && i < items.Count; i++)
        {
            if (Py.AreEqual(items[i], item))
                return Py.Int(i);
        }

        throw PyErrors.ValueError(message);
    }

    private static IEnumerable<object> Backwards(IList<object> items)
    {
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (i < items.Count)
                yield return items[i];
        }
    }
}

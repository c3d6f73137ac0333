using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of tuple and range.</summary>
internal static class TupleMethods
{
    public static void Define()
    {
        var cls = PyTypes.Tuple;
        cls.New("cls, iterable=(), /", a =>
        {
            if (ReferenceEquals(a[0], PyTypes.Tuple) && a[1] is PyTuple same && ReferenceEquals(same.Class, PyTypes.Tuple))
                return same;
            return new PyTuple(a.As<PyClass>(0), [.. Py.ToList(a[1])]);
        });
        SequenceMethods.Define(cls, self => Tuple(self).Items, "tuple");
        cls.Method("__iter__", self => new NativeIterator("tuple_iterator", Tuple(self).Items));
        cls.Method("__hash__", self => Py.Int(PyHash.OfTuple(Tuple(self).Items)));
        cls.Method("__repr__", self => BuiltinRepr.Of(self));
        cls.Method("count", (self, item) => Py.Int(Tuple(self).Items.Count(i => Py.AreEqual(i, item))));
        cls.Method("index", "self, item, start=0, stop=9223372036854775807, /", a =>
            SequenceMethods.IndexOf(Tuple(a[0]).Items, a[1], a.Long(2), a.Long(3), "tuple.index(x): x not in tuple"));
        DefineRange(PyTypes.Range);
    }

    private static PyTuple Tuple(object self) => self as PyTuple
        ?? throw PyErrors.TypeError($"descriptor requires a 'tuple' object but received a '{Py.TypeName(self)}'");

    private static void DefineRange(PyClass cls)
    {
        cls.New("cls, *args", a =>
        {
            var arguments = a.Tuple(1);
            return arguments.Count switch
            {
                1 => new PyRange(0, Py.ToLong(arguments[0]), 1),
                2 => new PyRange(Py.ToLong(arguments[0]), Py.ToLong(arguments[1]), 1),
                3 => new PyRange(Py.ToLong(arguments[0]), Py.ToLong(arguments[1]), Py.ToLong(arguments[2])),
                0 => throw PyErrors.TypeError("range expected at least 1 argument, got 0"),
                _ => throw PyErrors.TypeError($"range expected at most 3 arguments, got {arguments.Count}"),
            };
        });
        cls.Method("__len__", self => Py.Int(((PyRange)self).Count));
        cls.Method("__iter__", self => new NativeIterator("range_iterator", ((PyRange)self).Items()));
        cls.Method("__getitem__", (self, key) => RangeItem((PyRange)self, key));
        cls.Method("__contains__", (self, item) => Py.Bool(Contains((PyRange)self, item)));
        cls.Method("__reversed__", self => new NativeIterator("range_iterator", Backwards((PyRange)self)));
        cls.Method("__eq__", (a, b) => a is PyRange x && b is PyRange y
            ? Py.Bool(x.Count == y.Count && (x.Count == 0 || (x.Start == y.Start && (x.Count == 1 || x.Step == y.Step))))
            : PyNotImplemented.Value);
        cls.Method("__hash__", self => Py.Int(((PyRange)self).Start * 31 + ((PyRange)self).Count));
        cls.Method("index", (self, item) => Contains((PyRange)self, item)
            ? Py.Int((Py.ToLong(item) - ((PyRange)self).Start) / ((PyRange)self).Step)
            : throw PyErrors.ValueError($"{Py.Repr(item)} is not in range"));
        cls.Method("count", (self, item) => Py.Int(Contains((PyRange)self, item) ? 1 : 0));
        cls.Property("start", self => Py.Int(((PyRange)self).Start));
        cls.Property("stop", self => Py.Int(((PyRange)self).Stop));
        cls.Property("step", self => Py.Int(((PyRange)self).Step));
    }

    private static object RangeItem(PyRange range, object key)
    {
        if (key is PySlice slice)
        {
            var (start, stop, step, _) = slice.Indices(range.Count);
            return new PyRange(range[start], range[stop], range.Step * step);
        }

        var index = Py.TryIndex(key, out var i)
            ? i
            : throw PyErrors.TypeError($"range indices must be integers or slices, not {Py.TypeName(key)}");
        if (index < 0)
            index += range.Count;
        return index >= 0 && index < range.Count ? Py.Int(range[index]) : throw PyErrors.IndexError("range object index out of range");
    }

    private static bool Contains(PyRange range, object item)
    {
        if (item is double number && double.IsInteger(number))
            item = Py.Int((long)number);
        if (!Py.IsInt(item) || !Py.TryIndexOrLarge(item, out var value))
            return false;
        var offset = value - range.Start;
        return offset % range.Step == 0 && offset / range.Step >= 0 && offset / range.Step < range.Count;
    }

    private static IEnumerable<object> Backwards(PyRange range)
    {
        for (var i = range.Count - 1; i >= 0; i--)
            yield return Py.Int(range[i]);
    }
}

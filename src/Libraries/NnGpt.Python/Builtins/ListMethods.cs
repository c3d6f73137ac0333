using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of list.</summary>
internal static class ListMethods
{
    public static void Define()
    {
        var cls = PyTypes.List;
        cls.Allocate(c => new PyList(c));
        cls.New("cls, *args, **kwargs", a => ClassCalls.Allocate(a.As<PyClass>(0)));
        cls.Method("__init__", "self, iterable=(), /", a =>
        {
            List(a[0]).Items = Py.ToList(a[1]);
            return null;
        });
        cls.Method("append", "self, item, /", a =>
        {
            var items = List(a[0]).Items;
            if (items.Count == items.Capacity)
                RunState.ChargeElements(items.Count * 2L, 8);
            items.Add(a[1]);
            return null;
        });
        cls.Method("extend", "self, iterable, /", a =>
        {
            List(a[0]).Items.AddRange(Py.ToList(a[1]));
            return null;
        });
        cls.Method("insert", "self, index, item, /", a =>
        {
            var items = List(a[0]).Items;
            var index = a.Long(1);
            items.Insert((int)Math.Clamp(index < 0 ? index + items.Count : index, 0, items.Count), a[2]);
            return null;
        });
        cls.Method("pop", "self, index=-1, /", a =>
        {
            var items = List(a[0]).Items;
            if (items.Count == 0)
                throw PyErrors.IndexError("pop from empty list");
            var at = SequenceOperators.Position(a.Long(1), items.Count, "pop index out of range");
            var item = items[at];
            items.RemoveAt(at);
            return item;
        });
        cls.Method("remove", "self, item, /", a =>
        {
            var items = List(a[0]).Items;
            var at = items.FindIndex(i => Py.AreEqual(i, a[1]));
            if (at < 0)
                throw PyErrors.ValueError("list.remove(x): x not in list");
            items.RemoveAt(at);
            return null;
        });
        cls.Method("clear", "self, /", a =>
        {
            List(a[0]).Items.Clear();
            return null;
        });
        cls.Method("index", "self, item, start=0, stop=9223372036854775807, /", a =>
            SequenceMethods.IndexOf(List(a[0]).Items, a[1], a.Long(2), a.Long(3), $"{Py.Repr(a[1])} is not in list"));
        cls.Method("count", (self, item) => Py.Int(List(self).Items.Count(i => Py.AreEqual(i, item))));
        cls.Method("copy", self => new PyList(new List<object>(List(self).Items)));
        cls.Method("reverse", "self, /", a =>
        {
            List(a[0]).Items.Reverse();
            return null;
        });
        cls.Method("sort", "self, /, *, key=None, reverse=False", a =>
        {
            List(a[0]).Items = Sorting.Sort([.. List(a[0]).Items], a[1], a.Bool(2));
            return null;
        });
        SequenceMethods.Define(cls, self => List(self).Items, "list");
        cls.Method("__iter__", self => new ListIterator(List(self)));
        cls.Method("__setitem__", "self, key, value, /", a =>
        {
            SetItem(List(a[0]), a[1], a[2]);
            return null;
        });
        cls.Method("__delitem__", "self, key, /", a =>
        {
            DeleteItem(List(a[0]), a[1]);
            return null;
        });
        cls.Method("__iadd__", (self, other) =>
        {
            var items = Py.ToList(other);
            RunState.ChargeElements(List(self).Count + (long)items.Count, 8);
            List(self).Items.AddRange(items);
            return self;
        });
        cls.Method("__imul__", (self, count) =>
        {
            List(self).Items = ((PyList)SequenceOperators.Repeat(self, Py.ToLong(count))!).Items;
            return self;
        });
        cls.Attribute("__hash__", PyNone.Value);
        cls.Method("__repr__", self => BuiltinRepr.Of(self));
    }

    private static PyList List(object self) => self as PyList
        ?? throw PyErrors.TypeError($"descriptor requires a 'list' object but received a '{Py.TypeName(self)}'");

    private static void SetItem(PyList list, object key, object value)
    {
        if (key is not PySlice slice)
        {
            list.Items[SequenceOperators.Position(SequenceMethods.Index(key, "list"), list.Count, "list assignment index out of range")] = value;
            return;
        }

        var items = Py.ToList(value);
        var (start, stop, step, count) = slice.Indices(list.Count);
        if (step == 1)
        {
            RunState.ChargeElements(list.Count + (long)items.Count, 8);
            list.Items.RemoveRange((int)start, (int)count);
            list.Items.InsertRange((int)start, items);
            return;
        }

        if (items.Count != count)
            throw PyErrors.ValueError($"attempt to assign sequence of size {items.Count} to extended slice of size {count}");
        for (var i = 0; i < items.Count; i++)
            list.Items[(int)(start + i * step)] = items[i];
    }

    private static void DeleteItem(PyList list, object key)
    {
        if (key is not PySlice slice)
        {
            list.Items.RemoveAt(
                SequenceOperators.Position(SequenceMethods.Index(key, "list"), list.Count, "list assignment index out of range"));
            return;
        }

        var (start, _, step, count) = slice.Indices(list.Count);
        var doomed = new HashSet<long>();
        for (long i = 0; i < count; i++)
            doomed.Add(start + i * step);
        list.Items = [.. list.Items.Where((_, i) => !doomed.Contains(i))];
    }
}

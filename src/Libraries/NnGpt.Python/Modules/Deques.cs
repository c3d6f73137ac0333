using NnGpt.Python.Builtins;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>collections.deque</c>, over the list of its items.</summary>
internal static class Deques
{
    public static PyClass Define()
    {
        var cls = new PyClass("deque", "collections") { IsQualified = true }.Allocate(c => new DequeObject(c));
        SequenceMethods.Define(cls, self => Deque(self).Items, "list");
        void Change(string name, string signature, Action<DequeObject, NativeArguments> change) => cls.Method(name, signature, a =>
        {
            change(Deque(a[0]), a);
            return null;
        });
        Change("__init__", "self, iterable=(), maxlen=None", (deque, a) =>
        {
            deque.Limit = a.IsNone(2) ? int.MaxValue : a.Int(2);
            deque.Items.Clear();
            foreach (var item in Py.Iterate(a[1]))
                deque.Append(item);
        });
        Change("append", "self, x, /", (deque, a) => deque.Append(a[1]));
        Change("appendleft", "self, x, /", (deque, a) => deque.AppendLeft(a[1]));
        Change("extend", "self, iterable, /", (deque, a) => Py.ToList(a[1]).ForEach(deque.Append));
        Change("extendleft", "self, iterable, /", (deque, a) => Py.ToList(a[1]).ForEach(deque.AppendLeft));
        Change("clear", "self, /", (deque, _) => deque.Items.Clear());
        Change("reverse", "self, /", (deque, _) => deque.Items.Reverse());
        Change("rotate", "self, n=1, /", (deque, a) => deque.Rotate(a.Long(1)));
        Change("__setitem__", "self, index, value, /", (deque, a) =>
            deque.Items[SequenceOperators.Position(a.Long(1), deque.Items.Count, "deque index out of range")] = a[2]);
        Change("remove", "self, value, /", (deque, a) =>
        {
            var at = deque.Items.FindIndex(i => Py.AreEqual(i, a[1]));
            if (at < 0)
                throw PyErrors.ValueError($"{Py.Repr(a[1])} is not in deque");
            deque.Items.RemoveAt(at);
        });
        cls.Method("pop", self => Deque(self).Take(Deque(self).Items.Count - 1));
        cls.Method("popleft", self => Deque(self).Take(0));
        cls.Method("count", (self, item) => Py.Int(Deque(self).Items.Count(i => Py.AreEqual(i, item))));
        cls.Method("index", "self, item, /", a => SequenceMethods.IndexOf(Deque(a[0]).Items, a[1], 0, int.MaxValue, $"{Py.Repr(a[1])} is not in deque"));
        cls.Method("copy", self => Deque(self).Copy());
        cls.Method("__iter__", self => new NativeIterator("_collections._deque_iterator", Iterate(Deque(self))));
        cls.Method("__eq__", (a, b) => b is DequeObject other
            ? BuiltinComparison.CompareItems(CompareOperator.Equal, Deque(a).Items, other.Items)
            : PyNotImplemented.Value);
        cls.Attribute("__hash__", PyNone.Value);
        cls.Property("maxlen", self => Deque(self).Limit == int.MaxValue ? PyNone.Value : Py.Int(Deque(self).Limit));
        cls.Method("__repr__", self =>
        {
            var limit = Deque(self).Limit == int.MaxValue ? "" : $", maxlen={Deque(self).Limit}";
            return $"deque({Py.Repr(new PyList(new List<object>(Deque(self).Items)))}{limit})";
        });
        return cls;
    }

    private static DequeObject Deque(object self) => self as DequeObject
        ?? throw PyErrors.TypeError($"descriptor requires a 'collections.deque' object but received a '{Py.TypeName(self)}'");

    private static IEnumerable<object> Iterate(DequeObject deque)
    {
        var count = deque.Items.Count;
        for (var i = 0; i < deque.Items.Count; i++)
        {
            if (deque.Items.Count != count)
                throw PyErrors.RuntimeError("deque mutated during iteration");
            yield return deque.Items[i];
        }
    }

    private sealed class DequeObject(PyClass cls) : PyObject(cls)
    {
        public List<object> Items { get; } = [];

        public int Limit { get; set; } = int.MaxValue;

        public void Append(object item)
        {
            RunState.ChargeElements(Items.Count, 8);
            Items.Add(item);
            if (Items.Count > Limit)
                Items.RemoveAt(0);
        }

        public void AppendLeft(object item)
        {
            RunState.ChargeElements(Items.Count, 8);
            Items.Insert(0, item);
            if (Items.Count > Limit)
                Items.RemoveAt(Items.Count - 1);
        }

        public object Take(int index)
        {
            if (Items.Count == 0)
                throw PyErrors.IndexError("pop from an empty deque");
            var item = Items[index];
            Items.RemoveAt(index);
            return item;
        }

        public void Rotate(long count)
        {
            if (Items.Count == 0)
                return;
            var shift = (int)(((count % Items.Count) + Items.Count) % Items.Count);
            var tail = Items.GetRange(Items.Count - shift, shift);
            Items.RemoveRange(Items.Count - shift, shift);
            Items.InsertRange(0, tail);
        }

        public DequeObject Copy()
        {
            var copy = new DequeObject(Class) { Limit = Limit };
            copy.Items.AddRange(Items);
            return copy;
        }
    }
}

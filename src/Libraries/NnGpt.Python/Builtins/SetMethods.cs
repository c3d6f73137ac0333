using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of set and frozenset.</summary>
internal static class SetMethods
{
    public static void Define()
    {
        foreach (var cls in (PyClass[])[PyTypes.Set, PyTypes.FrozenSet])
        {
            cls.Allocate(c => new PySet(c));
            cls.Method("__len__", self => Py.Int(Set(self).Count));
            cls.Method("__contains__", (self, item) => Py.Bool(Set(self).Contains(item)));
            cls.Method("__iter__", self => new NativeIterator("set_iterator", Iterate(Set(self))));
            cls.Method("__repr__", self => BuiltinRepr.Of(self));
            cls.Method("copy", self => Fill(new PySet(((PySet)self).Class), Set(self).Items));
            cls.Method("union", "self, *others", a => Fold(a, (set, other) => Fill(set, other)));
            cls.Method("intersection", "self, *others", a => Fold(a, (set, other) => Keep(set, other, true)));
            cls.Method("difference", "self, *others", a => Fold(a, (set, other) => Keep(set, other, false)));
            cls.Method("symmetric_difference", (self, other) => Symmetric(Set(self), Py.Iterate(other)));
            cls.Method("issubset", (self, other) => Py.Bool(IsSubset(Set(self).Items, AsSet(other))));
            cls.Method("issuperset", (self, other) => Py.Bool(IsSubset(AsSet(other).Items, Set(self))));
            cls.Method("isdisjoint", (self, other) => Py.Bool(!Py.Iterate(other).Any(Set(self).Contains)));
            DefineAlgebra(cls, self => Set(self).Items);
        }

        PyTypes.FrozenSet.New("cls, iterable=(), /", a => Fill(new PySet(a.As<PyClass>(0)), Py.Iterate(a[1])));
        PyTypes.FrozenSet.Method("__hash__", self => Py.Int(Set(self).Items.Aggregate(0x2d358dccL, (h, i) => h ^ (PyHash.Of(i) * 3644798167))));
        PyTypes.Set.New("cls, *args, **kwargs", a => ClassCalls.Allocate(a.As<PyClass>(0)));
        PyTypes.Set.Attribute("__hash__", PyNone.Value);
        DefineChanges(PyTypes.Set);
    }

    private static void DefineChanges(PyClass cls)
    {
        void Change(string name, string signature, Action<PySet, NativeArguments> change) => cls.Method(name, signature, a =>
        {
            change(Set(a[0]), a);
            return null;
        });
        Change("__init__", "self, iterable=(), /", (set, a) => Fill(set, Py.Iterate(a[1])));
        Change("add", "self, item, /", (set, a) => set.Add(a[1]));
        Change("discard", "self, item, /", (set, a) => set.Remove(a[1]));
        Change("remove", "self, item, /", (set, a) =>
        {
            if (!set.Remove(a[1]))
                throw PyErrors.KeyError(a[1]);
        });
        Change("clear", "self, /", (set, _) => set.Clear());
        Change("update", "self, *others", (set, a) => a.Tuple(1).Items.ToList().ForEach(o => Fill(set, Py.ToList(o))));
        Change("intersection_update", "self, *others", (set, a) => a.Tuple(1).Items.ToList().ForEach(o => Keep(set, Py.ToList(o), true)));
        Change("difference_update", "self, *others", (set, a) => a.Tuple(1).Items.ToList().ForEach(o => Keep(set, Py.ToList(o), false)));
        cls.Method("pop", "self, /", a =>
        {
            var item = Set(a[0]).Items.FirstOrDefault() ?? throw PyErrors.KeyError("pop from an empty set");
            Set(a[0]).Remove(item);
            return item;
        });
        cls.Method("__ior__", (a, b) => b is PySet other ? Fill(Set(a), other.Items.ToList()) : PyNotImplemented.Value);
        cls.Method("__iand__", (a, b) => b is PySet other ? Keep(Set(a), other.Items.ToList(), true) : PyNotImplemented.Value);
        cls.Method("__isub__", (a, b) => b is PySet other ? Keep(Set(a), other.Items.ToList(), false) : PyNotImplemented.Value);
    }

    /// <summary>Operators and comparisons of set-like classes.</summary>
    public static void DefineAlgebra(PyClass cls, Func<object, IEnumerable<object>> items)
    {
        static bool IsSetLike(object value) => value is PySet or PyDictView;
        void Operator(string name, Func<PySet, IEnumerable<object>, PySet> apply)
        {
            cls.Method($"__{name}__", (a, b) => IsSetLike(b) ? apply(Copy(a, items(a)), AsSet(b).Items) : PyNotImplemented.Value);
            cls.Method($"__r{name}__", (a, b) => IsSetLike(b) ? apply(Copy(b, AsSet(b).Items), items(a)) : PyNotImplemented.Value);
        }

        Operator("or", Fill);
        Operator("and", (set, other) => Keep(set, other, true));
        Operator("sub", (set, other) => Keep(set, other, false));
        Operator("xor", Symmetric);
        void Comparison(string name, Func<PySet, PySet, bool> holds) =>
            cls.Method(name, (a, b) => IsSetLike(b) ? Py.Bool(holds(AsSet(a), AsSet(b))) : PyNotImplemented.Value);
        Comparison("__eq__", (a, b) => a.Count == b.Count && IsSubset(a.Items, b));
        Comparison("__ne__", (a, b) => a.Count != b.Count || !IsSubset(a.Items, b));
        Comparison("__le__", (a, b) => IsSubset(a.Items, b));
        Comparison("__lt__", (a, b) => a.Count < b.Count && IsSubset(a.Items, b));
        Comparison("__ge__", (a, b) => IsSubset(b.Items, a));
        Comparison("__gt__", (a, b) => a.Count > b.Count && IsSubset(b.Items, a));
    }

    private static PySet Set(object self) => self as PySet
        ?? throw PyErrors.TypeError($"descriptor requires a 'set' object but received a '{Py.TypeName(self)}'");

    private static PySet AsSet(object value) => value as PySet ?? Fill(new PySet(), Py.Iterate(value));

    private static PySet Copy(object like, IEnumerable<object> items) =>
        Fill(new PySet(like is PySet { IsFrozen: true } ? PyTypes.FrozenSet : PyTypes.Set), items);

    private static PySet Fill(PySet set, IEnumerable<object> items)
    {
        foreach (var item in items)
            set.Add(item);
        return set;
    }

    private static PySet Keep(PySet set, IEnumerable<object> others, bool common)
    {
        var other = Fill(new PySet(), others);
        foreach (var item in set.Items.ToList())
        {
            if (other.Contains(item) != common)
                set.Remove(item);
        }

        return set;
    }

    private static PySet Symmetric(PySet set, IEnumerable<object> others)
    {
        var result = Copy(set, others);
        foreach (var item in set.Items)
        {
            if (!result.Remove(item))
                result.Add(item);
        }

        return result;
    }

    private static PySet Fold(NativeArguments a, Func<PySet, IEnumerable<object>, PySet> apply)
    {
        var result = Copy(a[0], Set(a[0]).Items);
        foreach (var other in a.Tuple(1).Items)
            result = apply(result, Py.Iterate(other));
        return result;
    }

    private static bool IsSubset(IEnumerable<object> items, PySet of) => items.All(of.Contains);

    private static IEnumerable<object> Iterate(PySet set)
    {
        var count = set.Count;
        foreach (var item in set.Items)
        {
            if (set.Count != count)
                throw PyErrors.RuntimeError("Set changed size during iteration");
            yield return item;
        }
    }
}

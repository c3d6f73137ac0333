using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>enumerate, zip, map, filter and reversed.</summary>
internal static class LazyIterators
{
    public static IEnumerable<PyClass> Create()
    {
        yield return Make("enumerate").New("cls, iterable, start=0", a =>
            new NativeIterator("enumerate", Enumerate(Py.Cursor(a[1]), a.Long(2))));
        yield return Make("zip").New("cls, *iterables, strict=False", a =>
            new NativeIterator("zip", Zip(Cursors(a.Tuple(1), "zip"), a.Bool(2))));
        yield return Make("map").New("cls, function, *iterables", a =>
        {
            if (a.Tuple(2).Count == 0)
                throw PyErrors.TypeError("map() must have at least two arguments.");
            return new NativeIterator("map", Map(a[1], Cursors(a.Tuple(2), "map")));
        });
        yield return Make("filter").New("cls, function, iterable, /", a =>
            new NativeIterator("filter", Filter(a[1], Py.Cursor(a[2]))));
        yield return Make("reversed").New("cls, sequence, /", a => Reverse(a[1]));
    }

    private static PyClass Make(string name) => new(name, "builtins") { IsFinal = true };

    private static PyIterator[] Cursors(PyTuple iterables, string name)
    {
        var cursors = new PyIterator[iterables.Count];
        for (var i = 0; i < cursors.Length; i++)
        {
            if (name == "zip" && !Py.IsIterable(iterables[i]))
                throw PyErrors.TypeError($"'{Py.TypeName(iterables[i])}' object is not iterable");
            cursors[i] = Py.Cursor(iterables[i]);
        }

        return cursors;
    }

    private static IEnumerable<object> Enumerate(PyIterator items, long index)
    {
        while (items.TryNext(out var item))
            yield return new PyTuple(Py.Int(index++), item);
    }

    private static IEnumerable<object> Zip(PyIterator[] cursors, bool strict)
    {
        while (cursors.Length > 0)
        {
            var items = new object[cursors.Length];
            for (var i = 0; i < items.Length; i++)
            {
                if (cursors[i].TryNext(out var item))
                {
                    items[i] = item;
                    continue;
                }

                if (strict)
                    CheckEqualLengths(cursors, i);
                yield break;
            }

            yield return new PyTuple(items);
        }
    }

    private static void CheckEqualLengths(PyIterator[] cursors, int ended)
    {
        if (ended > 0)
        {
            throw PyErrors.ValueError(
                $"zip() argument {ended + 1} is shorter than argument{(ended == 1 ? " 1" : $"s 1-{ended}")}");
        }

        for (var i = 1; i < cursors.Length; i++)
        {
            if (cursors[i].TryNext(out _))
                throw PyErrors.ValueError($"zip() argument {i + 1} is longer than argument{(i == 1 ? " 1" : $"s 1-{i}")}");
        }
    }

    private static IEnumerable<object> Map(object function, PyIterator[] cursors)
    {
        while (true)
        {
            var items = new object[cursors.Length];
            for (var i = 0; i < items.Length; i++)
            {
                if (!cursors[i].TryNext(out var item))
                    yield break;
                items[i] = item;
            }

            yield return Py.Call(function, items, null);
        }
    }

    private static IEnumerable<object> Filter(object function, PyIterator items)
    {
        while (items.TryNext(out var item))
        {
            if (Py.Truth(function is PyNone ? item : Py.Call(function, item)))
                yield return item;
        }
    }

    private static object Reverse(object value)
    {
        if (Py.TypeOf(value).Lookup("__reversed__") is { } method and not PyNone)
            return Py.CallSpecial(method, value);
        if (value is PySet || Py.TypeOf(value).Lookup("__getitem__") is null || Py.TypeOf(value).Lookup("__len__") is null)
            throw PyErrors.TypeError($"'{Py.TypeName(value)}' object is not reversible");
        return new NativeIterator("reversed", Backwards(value, Py.Len(value)));
    }

    private static IEnumerable<object> Backwards(object value, long length)
    {
        for (var i = length - 1; i >= 0; i--)
            yield return Py.GetItem(value, Py.Int(i));
    }
}

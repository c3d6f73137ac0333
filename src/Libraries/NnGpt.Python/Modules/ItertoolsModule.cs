using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>itertools</c>, lazily.</summary>
internal static class ItertoolsModule
{
    public static PyModule Create()
    {
        var module = new PyModule("itertools");
        void Lazy(string name, string signature, Func<NativeArguments, IEnumerable<object>> items) =>
            module.Function(name, signature, a => new NativeIterator(name, items(a)));
        var chain = new PyClass("chain", "itertools")
            .New("cls, *iterables", a => new NativeIterator("chain", a.Tuple(1).Items.SelectMany(Py.Iterate)))
            .ClassMethod("from_iterable", "cls, iterable, /", a => new NativeIterator("chain", Py.Iterate(a[1]).SelectMany(Py.Iterate)));
        module.Add(chain);
        Lazy("count", "start=0, step=1", a => Count(a[0], a[1]));
        Lazy("cycle", "iterable, /", a => Cycle(a[0]));
        Lazy("repeat", "object, times=None", a => Repeat(a[0], a.IsNone(1) ? long.MaxValue : a.Long(1)));
        Lazy("islice", "iterable, *args", a => Slice(a[0], a.Tuple(1)));
        Lazy("product", "*iterables, repeat=1", a => Product(a.Tuple(0), a.Int(1)));
        Lazy("permutations", "iterable, r=None", a =>
        {
            var pool = Py.ToList(a[0]);
            return Permute(pool, a.IsNone(1) ? pool.Count : a.Int(1));
        });
        Lazy("combinations", "iterable, r", a => Combine(Py.ToList(a[0]), a.Int(1), false));
        Lazy("combinations_with_replacement", "iterable, r", a => Combine(Py.ToList(a[0]), a.Int(1), true));
        Lazy("accumulate", "iterable, func=None, *, initial=None", a => Accumulate(a[0], a[1], a[2]));
        Lazy("takewhile", "predicate, iterable, /", a => Py.Iterate(a[1]).TakeWhile(Predicate(a[0])));
        Lazy("dropwhile", "predicate, iterable, /", a => Py.Iterate(a[1]).SkipWhile(Predicate(a[0])));
        Lazy("filterfalse", "predicate, iterable, /", a => Py.Iterate(a[1]).Where(i => !Predicate(a[0])(i)));
        Lazy("starmap", "function, iterable, /", a => Py.Iterate(a[1]).Select(i => Py.Call(a[0], [.. Py.ToList(i)], null)));
        Lazy("compress", "data, selectors", a => Py.Iterate(a[0]).Zip(Py.Iterate(a[1])).Where(p => Py.Truth(p.Second)).Select(p => p.First));
        Lazy("pairwise", "iterable, /", a => Pairs(a[0]));
        Lazy("zip_longest", "*iterables, fillvalue=None", a => ZipLongest(a.Tuple(0), a[1]));
        Lazy("groupby", "iterable, key=None", a => Group(a[0], a[1]));
        Lazy("batched", "iterable, n", a => Py.Iterate(a[0]).Chunk(Math.Max(1, a.Int(1))).Select(c => (object)new PyTuple(c)));
        module.Function("tee", "iterable, n=2, /", a =>
        {
            var items = Py.ToList(a[0]);
            return PyTuple.From(Enumerable.Range(0, a.Int(1)).Select(_ => (object)new NativeIterator("_tee", items)));
        });
        return module;
    }

    private static Func<object, bool> Predicate(object function) =>
        item => Py.Truth(function is PyNone ? item : Py.Call(function, item));

    private static IEnumerable<object> Count(object start, object step)
    {
        for (var value = start; ; value = Py.Binary(BinaryOperator.Add, value, step))
            yield return value;
    }

    private static IEnumerable<object> Cycle(object iterable)
    {
        var saved = new List<object>();
        foreach (var item in Py.Iterate(iterable))
        {
            saved.Add(item);
            yield return item;
        }

        while (saved.Count > 0)
        {
            foreach (var item in saved)
                yield return item;
        }
    }

    private static IEnumerable<object> Repeat(object value, long times)
    {
        for (long i = 0; i < times; i++)
            yield return value;
    }

    private static IEnumerable<object> Slice(object iterable, PyTuple arguments)
    {
        long At(int index, long otherwise) => index < arguments.Count && arguments[index] is not PyNone ? Py.ToLong(arguments[index]) : otherwise;
        var (start, stop, step) = arguments.Count == 1 ? (0, At(0, long.MaxValue), 1) : (At(0, 0), At(1, long.MaxValue), At(2, 1));
        if (start < 0 || stop < 0 || step < 1)
            throw PyErrors.ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
        return Run();

        IEnumerable<object> Run()
        {
            if (stop <= start)
                yield break;
            var items = Py.Cursor(iterable);
            for (long i = 0; i < stop && items.TryNext(out var item); i++)
            {
                if (i >= start && (i - start) % step == 0)
                    yield return item;
            }
        }
    }

    private static IEnumerable<object> Product(PyTuple iterables, int repeat)
    {
        var pools = Enumerable.Repeat(iterables.Items.Select(i => Py.ToList(i)).ToList(), Math.Min(repeat, 64)).SelectMany(p => p).ToList();
        return Run();

        IEnumerable<object> Run()
        {
            if (pools.Any(p => p.Count == 0))
                yield break;
            var indices = new int[pools.Count];
            while (true)
            {
                yield return PyTuple.From(pools.Select((p, i) => p[indices[i]]));
                var at = indices.Length - 1;
                while (at >= 0 && ++indices[at] == pools[at].Count)
                    indices[at--] = 0;
                if (at < 0)
                    yield break;
            }
        }
    }

    private static IEnumerable<object> Permute(List<object> pool, int count)
    {
        if (count < 0)
            throw PyErrors.ValueError("r must be non-negative");
        return count > pool.Count ? [] : Choose([], new bool[pool.Count]);

        IEnumerable<object> Choose(List<object> chosen, bool[] used)
        {
            if (chosen.Count == count)
            {
                yield return PyTuple.From(chosen);
                yield break;
            }

            for (var i = 0; i < pool.Count; i++)
            {
                if (used[i])
                    continue;
                used[i] = true;
                chosen.Add(pool[i]);
                foreach (var result in Choose(chosen, used))
                    yield return result;
                chosen.RemoveAt(chosen.Count - 1);
                used[i] = false;
            }
        }
    }

    private static IEnumerable<object> Combine(List<object> pool, int count, bool replace)
    {
        if (count < 0)
            throw PyErrors.ValueError("r must be non-negative");
        return Run();

        IEnumerable<object> Run()
        {
            if (!replace && count > pool.Count || (pool.Count == 0 && count > 0))
                yield break;
            var indices = Enumerable.Range(0, count).Select(i => replace ? 0 : i).ToArray();
            while (true)
            {
                yield return PyTuple.From(indices.Select(i => pool[i]));
                var at = count - 1;
                while (at >= 0 && indices[at] == (replace ? pool.Count - 1 : pool.Count - count + at))
                    at--;
                if (at < 0)
                    yield break;
                indices[at]++;
                for (var i = at + 1; i < count; i++)
                    indices[i] = replace ? indices[at] : indices[i - 1] + 1;
            }
        }
    }

    private static IEnumerable<object> Accumulate(object iterable, object function, object initial)
    {
        object? total = initial is PyNone ? null : initial;
        if (total is not null)
            yield return total;
        foreach (var item in Py.Iterate(iterable))
        {
            total = total is null
                ? item
                : function is PyNone ? Py.Binary(BinaryOperator.Add, total, item) : Py.Call(function, total, item);
            yield return total;
        }
    }

    private static IEnumerable<object> Pairs(object iterable)
    {
        object? previous = null;
        foreach (var item in Py.Iterate(iterable))
        {
            if (previous is not null)
                yield return new PyTuple(previous, item);
            previous = item;
        }
    }

    private static IEnumerable<object> ZipLongest(PyTuple iterables, object fill)
    {
        var cursors = iterables.Items.Select(i => (PyIterator?)Py.Cursor(i)).ToArray();
        while (true)
        {
            var items = new object[cursors.Length];
            var any = false;
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = fill;
                if (cursors[i] is not { } cursor)
                    continue;
                if (cursor.TryNext(out var item))
                    (items[i], any) = (item, true);
                else
                    cursors[i] = null;
            }

            if (!any)
                yield break;
            yield return new PyTuple(items);
        }
    }

    private static IEnumerable<object> Group(object iterable, object key)
    {
        object? current = null;
        var members = new List<object>();
        foreach (var item in Py.Iterate(iterable))
        {
            var itemKey = key is PyNone ? item : Py.Call(key, item);
            if (current is not null && !Py.AreEqual(current, itemKey))
            {
                yield return new PyTuple(current, new NativeIterator("_grouper", members));
                members = [];
            }

            current = itemKey;
            members.Add(item);
        }

        if (current is not null)
            yield return new PyTuple(current, new NativeIterator("_grouper", members));
    }
}

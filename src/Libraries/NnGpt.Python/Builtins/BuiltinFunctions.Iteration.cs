using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

internal static partial class BuiltinFunctions
{
    private static void DefineIteration(PyDict table)
    {
        Function(table, "iter", "obj, *sentinel", a => a.Tuple(1).Count == 0
            ? Py.GetIter(a[0])
            : new NativeIterator("callable_iterator", CallUntil(a[0], a.Tuple(1)[0])));
        Function(table, "next", "iterator, *default", a => Next(a[0], a.Tuple(1)));
        Function(table, "sum", "iterable, /, start=0", a => Sum(a[0], a[1]));
        Function(table, "all", "iterable, /", a => All(a[0]));
        Function(table, "any", "iterable, /", a => Any(a[0]));
        Function(table, "min", "*args, key=None, default=...", a => Extreme(a, "min", CompareOperator.Less));
        Function(table, "max", "*args, key=None, default=...", a => Extreme(a, "max", CompareOperator.Greater));
        Function(table, "sorted", "iterable, /, *, key=None, reverse=False", a =>
            new PyList(Sorting.Sort(Py.ToList(a[0]), a[1], a.Bool(2))));
        foreach (var cls in LazyIterators.Create())
            table.Set(cls.Name, cls);
    }

    private static IEnumerable<object> CallUntil(object function, object sentinel)
    {
        while (true)
        {
            var value = Py.Call(function);
            if (Py.AreEqual(value, sentinel))
                yield break;
            yield return value;
        }
    }

    private static object Next(object iterator, PyTuple rest)
    {
        if (iterator is PyIterator native)
        {
            if (native.TryNext(out var item))
                return item;
            if (rest.Count > 0)
                return rest[0];
            throw IteratorMethods.Stop(native);
        }

        if (Py.TypeOf(iterator).Lookup("__next__") is not { } method)
            throw PyErrors.TypeError($"'{Py.TypeName(iterator)}' object is not an iterator");
        try
        {
            return Py.CallSpecial(method, iterator);
        }
        catch (PyException exception) when (rest.Count > 0 && exception.Is(PyErrors.StopIterationClass))
        {
            return rest[0];
        }
    }

    private static object Sum(object iterable, object start)
    {
        if (start is string)
            throw PyErrors.TypeError("sum() can't sum strings [use ''.join(seq) instead]");
        var total = start;
        foreach (var item in Py.Iterate(iterable))
            total = Py.Binary(BinaryOperator.Add, total, item);
        return total;
    }

    private static bool All(object iterable)
    {
        foreach (var item in Py.Iterate(iterable))
        {
            if (!Py.Truth(item))
                return false;
        }

        return true;
    }

    private static bool Any(object iterable)
    {
        foreach (var item in Py.Iterate(iterable))
        {
            if (Py.Truth(item))
                return true;
        }

        return false;
    }

    private static object Extreme(NativeArguments a, string name, CompareOperator wins)
    {
        var arguments = a.Tuple(0);
        if (arguments.Count == 0)
            throw PyErrors.TypeError($"{name} expected at least 1 argument, got 0");
        if (arguments.Count > 1 && a[2] is not PyEllipsis)
            throw PyErrors.TypeError($"Cannot specify a default for {name}() with multiple positional arguments");
        object? best = null;
        object? bestKey = null;
        foreach (var item in arguments.Count == 1 ? Py.Iterate(arguments[0]) : arguments.Items)
        {
            var key = a.IsNone(1) ? item : Py.Call(a[1], item);
            if (best is not null && !Py.Truth(Py.Compare(wins, key, bestKey!)))
                continue;
            best = item;
            bestKey = key;
        }

        if (best is not null)
            return best;
        return a[2] is not PyEllipsis ? a[2] : throw PyErrors.ValueError($"{name}() arg is an empty sequence");
    }
}

namespace NnGpt.Python.Runtime;

public static partial class Py
{
    /// <summary><c>iter(value)</c>.</summary>
    public static object GetIter(object value)
    {
        switch (value)
        {
            case PyList list when list.Class.IsNative:
                return new ListIterator(list);
            case PyTuple tuple when tuple.Class.IsNative:
                return new NativeIterator("tuple_iterator", tuple.Items);
            case PyIterator iterator:
                return iterator;
        }

        var type = TypeOf(value);
        if (value is PyClass { Class: { } meta } && meta.Lookup("__iter__") is { } ofClass)
            return CallSpecial(ofClass, value);
        if (type.Lookup("__iter__") is { } method and not PyNone)
        {
            var iterator = CallSpecial(method, value);
            return iterator is PyIterator || TypeOf(iterator).Lookup("__next__") is not null
                ? iterator
                : throw PyErrors.TypeError($"iter() returned non-iterator of type '{TypeName(iterator)}'");
        }

        return type.Lookup("__getitem__") is not null && value is not PyClass
            ? new NativeIterator("iterator", IterateItems(value))
            : throw PyErrors.TypeError($"'{type.Name}' object is not iterable");
    }

    /// <summary>Whether <c>iter(value)</c> works.</summary>
    public static bool IsIterable(object value) =>
        TypeOf(value).Lookup("__iter__") is not (null or PyNone) || (value is not PyClass && TypeOf(value).Lookup("__getitem__") is not null);

    /// <summary>The items of any iterable, lazily. Each one counts as a step.</summary>
    public static IEnumerable<object> Iterate(object value)
    {
        var context = RunState.CurrentOrNull;
        var iterator = Cursor(value);
        while (iterator.TryNext(out var item))
        {
            context?.Step();
            yield return item;
        }
    }

    /// <summary>The items of any iterable in a new list.</summary>
    public static List<object> ToList(object value)
    {
        switch (value)
        {
            case PyList list when list.Class.IsNative:
                RunState.ChargeElements(list.Count, 8);
                return [.. list.Items];
            case PyTuple tuple when tuple.Class.IsNative:
                return [.. tuple.Items];
            case PyRange range:
                RunState.ChargeElements(range.Count, 8);
                break;
        }

        var items = new List<object>();
        foreach (var item in Iterate(value))
        {
            if (items.Count == items.Capacity)
                RunState.ChargeElements(items.Count * 2L, 8);
            items.Add(item);
        }

        return items;
    }

    /// <summary>An iterator with a direct .NET step over <c>iter(value)</c>.</summary>
    internal static PyIterator Cursor(object value)
    {
        var iterator = GetIter(value);
        return iterator as PyIterator ?? new ProtocolIterator(iterator);
    }

    private static IEnumerable<object> IterateItems(object value)
    {
        for (long i = 0; ; i++)
        {
            object item;
            try
            {
                item = GetItem(value, Int(i));
            }
            catch (PyException exception) when (exception.Is(PyErrors.IndexErrorClass) || exception.Is(PyErrors.StopIterationClass))
            {
                yield break;
            }

            yield return item;
        }
    }
}

using System.Runtime.CompilerServices;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>copy</c>. Native classes take part by defining <c>__copy__</c> and <c>__deepcopy__</c>.</summary>
internal static class CopyModule
{
    public static PyModule Create() => new PyModule("copy")
        .Function("copy", "x", a => Shallow(a[0]))
        .Function("deepcopy", "x, memo=None, _nil=None", a =>
        {
            var memo = a[1] as PyDict ?? new PyDict();
            return Deep(a[0], memo);
        })
        .Set("Error", PyErrors.RuntimeErrorClass);

    private static object Shallow(object value)
    {
        if (value is not PyClass && Py.TypeOf(value).Lookup("__copy__") is { } custom)
            return Py.CallSpecial(custom, value);
        if (Reduced(value) is { } parts)
            return Rebuild(parts, part => part);
        switch (value)
        {
            case PyList list:
                return Like(list, new PyList(list.Class) { Items = [.. list.Items] });
            case PyDict dict:
                var copy = new PyDict(dict.Class);
                copy.Update(dict);
                return Like(dict, copy);
            case PySet set:
                var items = new PySet(set.Class);
                foreach (var item in set.Items)
                    items.Add(item);
                return Like(set, items);
            case PyInstance instance when HasState(instance):
                return WithState(instance, new PyInstance(instance.Class) { NativeState = instance.NativeState }, state => state);
            case PyInstance instance when instance is not PyBoxed && instance.GetType() == typeof(PyInstance):
                return Like(instance, new PyInstance(instance.Class) { NativeState = instance.NativeState });
            default:
                return value;
        }
    }

    /// <summary><c>copy.deepcopy(value, memo)</c>.</summary>
    public static object Deep(object value, PyDict memo)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        RunState.CurrentOrNull?.Step();
        if (value is not PyObject target || value is PyClass or PyFunction or NativeFunction or PyModule)
            return value;
        var key = Py.Int(RuntimeHelpers.GetHashCode(target));
        if (memo.TryGet(key, out var known) && known is PyTuple { Count: 2 } pair && ReferenceEquals(pair[0], value))
            return pair[1];
        if (target.Class.Lookup("__deepcopy__") is { } custom)
            return Remember(memo, key, value, Py.CallSpecial(custom, value, memo));
        if (Reduced(value) is { } parts)
            return Remember(memo, key, value, Rebuild(parts, part => Deep(part, memo)));
        switch (value)
        {
            case PyTuple tuple:
                return new PyTuple(tuple.Class, [.. tuple.Items.Select(i => Deep(i, memo))]);
            case PyList list:
                var items = new PyList(list.Class);
                Remember(memo, key, value, items);
                foreach (var item in list.Items.ToList())
                    items.Items.Add(Deep(item, memo));
                return DeepLike(list, items, memo);
            case PyDict dict:
                var copy = (PyDict)ClassCalls.Allocate(dict.Class);
                Remember(memo, key, value, copy);
                CollectionsModule.CopyDictState(dict, copy);
                foreach (var (k, v) in dict.Entries.ToList())
                    copy.Set(Deep(k, memo), Deep(v, memo));
                return DeepLike(dict, copy, memo);
            case PySet set:
                var members = new PySet(set.Class);
                foreach (var item in set.Items.ToList())
                    members.Add(Deep(item, memo));
                return members;
            case PyInstance instance when instance.GetType() == typeof(PyInstance):
                var made = new PyInstance(instance.Class) { NativeState = instance.NativeState };
                Remember(memo, key, value, made);
                if (HasState(instance))
                    return WithState(instance, made, state => Deep(state, memo));
                return DeepLike(instance, made, memo);
            default:
                return value;
        }
    }

    /// <summary>What <c>__reduce__</c> or <c>__reduce_ex__</c> of a class in Python gives, or null.</summary>
    private static PyTuple? Reduced(object value)
    {
        if (value is not PyObject target || value is PyClass)
            return null;
        if (target.Class.Lookup("__reduce_ex__") is PyFunction extended)
            return Py.CallSpecial(extended, value, Py.Int(4)) as PyTuple;
        return target.Class.Lookup("__reduce__") is PyFunction plain ? Py.CallSpecial(plain, value) as PyTuple : null;
    }

    private static object Rebuild(PyTuple parts, Func<object, object> copy)
    {
        if (parts.Count < 2)
            throw PyErrors.TypeError("tuple returned by __reduce__ must contain 2 through 6 elements");
        var made = Py.Call(parts[0], [.. Py.ToList(parts[1]).Select(copy)], null);
        if (parts.Count > 2 && parts[2] is not PyNone)
            SetState(made, copy(parts[2]));
        return made;
    }

    private static bool HasState(PyInstance instance) =>
        instance.GetType() == typeof(PyInstance)
        && (instance.Class.Lookup("__getstate__") is PyFunction || instance.Class.Lookup("__setstate__") is PyFunction);

    private static PyInstance WithState(PyInstance original, PyInstance made, Func<object, object> copy)
    {
        object state = original.Class.Lookup("__getstate__") is { } get
            ? Py.CallSpecial(get, original)
            : original.Attributes?.Copy() ?? new PyDict();
        SetState(made, copy(state));
        return made;
    }

    private static void SetState(object made, object state)
    {
        if (Py.TypeOf(made).Lookup("__setstate__") is { } set)
            Py.CallSpecial(set, made, state);
        else if (state is PyDict attributes)
            (((PyObject)made).Attributes ??= new PyDict()).Update(attributes);
    }

    private static object Remember(PyDict memo, object key, object value, object copy)
    {
        memo.Set(key, new PyTuple(value, copy));
        return copy;
    }

    private static PyObject Like(PyObject original, PyObject copy)
    {
        copy.Attributes = original.Attributes?.Copy();
        return copy;
    }

    private static PyObject DeepLike(PyObject original, PyObject copy, PyDict memo)
    {
        if (original.Attributes is { } attributes)
            copy.Attributes = (PyDict)Deep(attributes, memo);
        return copy;
    }
}

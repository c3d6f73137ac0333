using NnGpt.Python.Builtins;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>functools</c>.</summary>
internal static class FunctoolsModule
{
    private static readonly PyClass s_partial = new PyClass("partial", "functools") { IsQualified = true }
        .New("cls, func, *args, **kwargs", a =>
        {
            if (!Py.IsCallable(a[1]))
                throw PyErrors.TypeError("the first argument must be callable");
            var self = new PyInstance(a.As<PyClass>(0));
            self.SetAttribute("func", a[1]);
            self.SetAttribute("args", a[2]);
            self.SetAttribute("keywords", a[3]);
            return self;
        })
        .Method("__init__", "self, *args, **kwargs", _ => null)
        .Method("__call__", "self, *args, **kwargs", a =>
        {
            var self = a.As<PyInstance>(0);
            var keywords = ((PyDict)self.GetAttribute("keywords")!).Copy();
            keywords.Update(a.Dict(2));
            return Py.CallWith(self.GetAttribute("func")!, [.. ((PyTuple)self.GetAttribute("args")!).Items, .. a.Tuple(1).Items], keywords);
        })
        .Method("__repr__", self => $"functools.partial({string.Join(", ", PartialParts((PyInstance)self))})");

    private static readonly PyClass s_cachedProperty = new PyClass("cached_property", "functools")
        .Method("__init__", "self, func", a =>
        {
            a.As<PyInstance>(0).NativeState = a[1];
            return null;
        })
        .Method("__set_name__", "self, owner, name", a =>
        {
            a.As<PyInstance>(0).SetAttribute("attrname", a[2]);
            return null;
        })
        .Method("__get__", "self, instance, owner=None", a =>
        {
            if (a.IsNone(1))
                return a[0];
            var self = a.As<PyInstance>(0);
            var value = Py.Call(self.NativeState!, a[1]);
            (a[1] as PyObject)?.SetAttribute((string)(self.GetAttribute("attrname") ?? ((PyFunction)self.NativeState!).Name), value);
            return value;
        });

    private static readonly PyClass s_cached = new PyClass("_lru_cache_wrapper", "functools")
        .Method("__call__", "self, *args, **kwargs", a => ((MemoTable)a.As<PyInstance>(0).NativeState!).Call(a.Tuple(1), a.Dict(2)))
        .Method("__get__", "self, instance, owner=None", a => a.IsNone(1) ? a[0] : new PyBoundMethod(a[0], a[1]))
        .Method("cache_clear", "self", a =>
        {
            ((MemoTable)a.As<PyInstance>(0).NativeState!).Clear();
            return null;
        })
        .Method("cache_parameters", self => ((MemoTable)((PyInstance)self).NativeState!).Parameters())
        .Method("cache_info", self => ((MemoTable)((PyInstance)self).NativeState!).Describe());

    public static PyModule Create() => new PyModule("functools")
        .Add(s_partial)
        .Add(s_cachedProperty)
        .Function("reduce", "function, sequence, initial=..., /", a =>
        {
            var items = Py.Cursor(a[1]);
            var value = a[2];
            if (value is PyEllipsis)
            {
                if (!items.TryNext(out var first))
                    throw PyErrors.TypeError("reduce() of empty iterable with no initial value");
                value = first;
            }

            while (items.TryNext(out var item))
                value = Py.Call(a[0], value, item);
            return value;
        })
        .Function("update_wrapper", "wrapper, wrapped, assigned=None, updated=None", a => CopyIdentity(a[0], a[1]))
        .Function("wraps", "wrapped, assigned=None, updated=None", a =>
        {
            var wrapped = a[0];
            return new NativeFunction("wraps", "wrapper", inner => CopyIdentity(inner[0], wrapped)) { Binds = false };
        })
        .Function("lru_cache", "maxsize=128, typed=False", a =>
        {
            if (Py.IsCallable(a[0]))
                return Cached(a[0], 128);
            var size = a.IsNone(0) ? long.MaxValue : a.Long(0);
            return new NativeFunction("lru_cache", "function", inner => Cached(inner[0], size)) { Binds = false };
        })
        .Function("cache", "function", a => Cached(a[0], long.MaxValue))
        .Function("total_ordering", "cls", a => Ordering.Complete(a.As<PyClass>(0)))
        .Function("cmp_to_key", "mycmp", a =>
        {
            var compare = a[0];
            return new PyClass("K", "functools")
                .Method("__init__", "self, obj", inner =>
                {
                    inner.As<PyInstance>(0).SetAttribute("obj", inner[1]);
                    return null;
                })
                .Method("__lt__", (x, y) => Py.Bool(Py.ToLong(Py.Call(compare, Py.GetAttr(x, "obj"), Py.GetAttr(y, "obj"))) < 0))
                .Method("__gt__", (x, y) => Py.Bool(Py.ToLong(Py.Call(compare, Py.GetAttr(x, "obj"), Py.GetAttr(y, "obj"))) > 0));
        });

    private static IEnumerable<string> PartialParts(PyInstance self)
    {
        yield return Py.Repr(self.GetAttribute("func")!);
        foreach (var item in ((PyTuple)self.GetAttribute("args")!).Items)
            yield return Py.Repr(item);
        foreach (var (key, value) in ((PyDict)self.GetAttribute("keywords")!).Entries)
            yield return $"{Py.Str(key)}={Py.Repr(value)}";
    }

    private static PyInstance Cached(object function, long size)
    {
        var wrapper = new PyInstance(s_cached) { NativeState = new MemoTable(function, size) };
        CopyIdentity(wrapper, function);
        return wrapper;
    }

    private static object CopyIdentity(object wrapper, object wrapped)
    {
        foreach (var name in (string[])["__module__", "__name__", "__qualname__", "__doc__"])
        {
            if (Py.FindAttr(wrapped, name) is { } value && wrapper is PyFunction or PyInstance)
                Py.SetAttr(wrapper, name, value);
        }

        if (wrapper is PyFunction or PyInstance)
        {
            if (wrapped is PyFunction { Attributes: { } extra })
                (((PyObject)wrapper).Attributes ??= new PyDict()).Update(extra);
            ((PyObject)wrapper).SetAttribute("__wrapped__", wrapped);
        }

        return wrapper;
    }
}

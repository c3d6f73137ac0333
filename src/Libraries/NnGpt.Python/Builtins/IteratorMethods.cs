using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of iterators and generators.</summary>
internal static class IteratorMethods
{
    public static void Define()
    {
        foreach (var cls in (PyClass[])[PyTypes.Iterator, PyTypes.Generator])
        {
            cls.Method("__iter__", self => self);
            cls.Method("__next__", self => ((PyIterator)self).TryNext(out var item) ? item : throw Stop((PyIterator)self));
        }

        foreach (var cls in (PyClass[])[PyTypes.Generator, PyTypes.Coroutine])
        {
            cls
            .Method("send", (self, value) => ((PyGenerator)self).TrySend(value, out var item) ? item : throw Stop((PyIterator)self))
            .Method("throw", "self, type, value=None, traceback=None, /", a => Throw(a.As<PyGenerator>(0), a[1], a[2]))
            .Method("close", "self, /", a =>
            {
                a.As<PyGenerator>(0).Close();
                return null;
            })
            .Method("__repr__", self => $"<{Py.TypeName(self)} object {((PyGenerator)self).Name} at {BuiltinRepr.Address(self)}>")
            .Property("__name__", self => ((PyGenerator)self).Name.Split('.')[^1])
            .Property("__qualname__", self => ((PyGenerator)self).Name);
        }

        PyTypes.Coroutine.Method("__await__", self => new NativeIterator("coroutine_wrapper", Steps((PyGenerator)self)));
        PyTypes.Iterator.Property("__name__", self => (self as NativeIterator)?.Name ?? "iterator");
    }

    private static IEnumerable<object> Steps(PyGenerator coroutine)
    {
        while (coroutine.TryNext(out var item))
            yield return item;
    }

    public static PyException Stop(PyIterator iterator)
    {
        var result = iterator.Result;
        return result is PyNone ? PyErrors.New(PyErrors.StopIterationClass) : PyErrors.New(PyErrors.StopIterationClass, result);
    }

    private static object Throw(PyGenerator generator, object type, object value)
    {
        var instance = Compilation.Exceptions.Instantiate(
            value is PyNone ? type : value is PyExceptionObject ? value : Py.Call(type, value),
            "exceptions must be classes or instances deriving from BaseException");
        return generator.TryThrow(new PyException(instance), out var item) ? item : throw Stop(generator);
    }
}

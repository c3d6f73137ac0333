using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>contextlib</c>.</summary>
internal static class ContextlibModule
{
    private static readonly PyClass s_generatorManager = new PyClass("_GeneratorContextManager", "contextlib")
        .Method("__enter__", self => ((PyIterator)((PyInstance)self).NativeState!).TryNext(out var value)
            ? value
            : throw PyErrors.RuntimeError("generator didn't yield"))
        .Method("__exit__", "self, type, value, traceback", a => Exit((PyGenerator)a.As<PyInstance>(0).NativeState!, a[2]))
        .Method("__call__", "self, func, /", a =>
        {
            var (again, function) = (a.As<PyInstance>(0).GetAttribute("_make")!, a[1]);
            return new NativeFunction((function as PyFunction)?.Name ?? "inner", "*args, **kwds", inner =>
            {
                var result = Py.With(Py.Call(again), _ => Py.CallWith(function, inner.Tuple(0).Items, inner.Dict(1)));
                return result ?? PyNone.Value;
            });
        });

    private static readonly PyClass s_null = new PyClass("nullcontext", "contextlib")
        .Method("__init__", "self, enter_result=None", a =>
        {
            a.As<PyInstance>(0).SetAttribute("enter_result", a[1]);
            return null;
        })
        .Method("__enter__", self => ((PyInstance)self).GetAttribute("enter_result")!)
        .Method("__exit__", "self, type, value, traceback", _ => null);

    private static readonly PyClass s_suppress = new PyClass("suppress", "contextlib")
        .Method("__init__", "self, *exceptions", a =>
        {
            a.As<PyInstance>(0).NativeState = a.Tuple(1);
            return null;
        })
        .Method("__enter__", _ => PyNone.Value)
        .Method("__exit__", "self, type, value, traceback", a => a[2] is PyExceptionObject exception
            && ((PyTuple)a.As<PyInstance>(0).NativeState!).Items.Any(item => Compilation.Exceptions.Matches(exception, item)));

    public static PyModule Create() => new PyModule("contextlib").Add(s_null).Add(s_suppress)
        .Function("contextmanager", "func", a =>
        {
            var function = a[0];
            return new NativeFunction((function as PyFunction)?.Name ?? "helper", "*args, **kwds", inner =>
                Manager(function, inner.Tuple(0).Items, inner.Dict(1)));
        });

    private static PyInstance Manager(object function, object[] arguments, PyDict keywords)
    {
        var manager = new PyInstance(s_generatorManager) { NativeState = Py.CallWith(function, arguments, keywords) };
        manager.SetAttribute("_make", new NativeFunction("_recreate_cm", "", _ => Manager(function, arguments, keywords)) { Binds = false });
        return manager;
    }

    private static bool Exit(PyGenerator generator, object value)
    {
        if (value is not PyExceptionObject exception)
            return generator.TryNext(out _) ? throw PyErrors.RuntimeError("generator didn't stop") : false;
        try
        {
            generator.TryThrow(new PyException(exception), out _);
            return true;
        }
        catch (PyException thrown) when (ReferenceEquals(thrown.Instance, exception))
        {
            return false;
        }
    }
}

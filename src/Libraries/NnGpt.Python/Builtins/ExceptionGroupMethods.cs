using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of exception groups.</summary>
internal static class ExceptionGroupMethods
{
    public static void Define(PyClass cls) => cls
        .New("cls, message, exceptions, /", a => Create(a.As<PyClass>(0), a[1], a[2]))
        .Method("__init__", "self, *args", _ => null)
        .Method("__str__", self =>
        {
            var group = (PyExceptionObject)self;
            var count = ExceptionGroups.Members(group).Count;
            return $"{Py.Str(group.Arguments[0])} ({count} sub-exception{(count == 1 ? "" : "s")})";
        })
        .Property("message", self => ((PyExceptionObject)self).Arguments[0])
        .Property("exceptions", self => PyTuple.From(ExceptionGroups.Members((PyExceptionObject)self)))
        .Method("derive", (self, exceptions) => ExceptionGroups.Make(
            Py.Str(((PyExceptionObject)self).Arguments[0]), [.. Py.ToList(exceptions).Cast<PyExceptionObject>()]))
        .Method("split", (self, condition) =>
        {
            var (yes, no) = ExceptionGroups.Split((PyExceptionObject)self, Condition(condition));
            return new PyTuple(yes ?? (object)PyNone.Value, no ?? (object)PyNone.Value);
        })
        .Method("subgroup", (self, condition) =>
            ExceptionGroups.Split((PyExceptionObject)self, Condition(condition)).Matched ?? (object)PyNone.Value)
        .ClassMethod("__class_getitem__", "cls, item, /", a => new PyGenericAlias(a[0], a[1]));

    private static Func<PyExceptionObject, bool> Condition(object condition) => condition is PyClass or PyTuple
        ? e => Compilation.Exceptions.Matches(e, condition)
        : e => Py.Truth(Py.Call(condition, e));

    private static PyExceptionObject Create(PyClass cls, object message, object exceptions)
    {
        if (!Py.TryText(message, out _))
            throw PyErrors.TypeError($"argument 1 must be str, not {Py.TypeName(message)}");
        if (!Py.IsIterable(exceptions) || exceptions is PySet)
            throw PyErrors.TypeError("second argument (exceptions) must be a sequence");
        var items = Py.ToList(exceptions);
        if (items.Count == 0)
            throw PyErrors.ValueError("second argument (exceptions) must be a non-empty sequence");
        var all = true;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not PyExceptionObject item)
                throw PyErrors.ValueError($"Item {i} of second argument (exceptions) is not an exception");
            all &= item.Class.IsSubclassOf(PyErrors.ExceptionClass);
        }

        if (all && ReferenceEquals(cls, PyErrors.BaseExceptionGroupClass))
            cls = PyErrors.ExceptionGroupClass;
        if (!all && cls.IsSubclassOf(PyErrors.ExceptionClass))
            throw PyErrors.TypeError("Cannot nest BaseExceptions in an ExceptionGroup");
        return new PyExceptionObject(cls, message, exceptions is PyList or PyTuple ? exceptions : new PyList(items));
    }
}

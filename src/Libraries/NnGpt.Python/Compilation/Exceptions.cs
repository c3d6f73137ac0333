using NnGpt.Python.Runtime;

namespace NnGpt.Python.Compilation;

/// <summary>Raising and matching exceptions.</summary>
internal static class Exceptions
{
    /// <summary>The instance that <c>raise x</c> raises: x itself or an instance of the class x.</summary>
    public static PyExceptionObject Instantiate(object value, string complaint)
    {
        if (value is PyClass cls && cls.IsSubclassOf(PyTypes.BaseException))
            value = Py.Call(cls);
        return value as PyExceptionObject ?? throw PyErrors.TypeError(complaint);
    }

    /// <summary>Whether an except clause's type (a class or a tuple of classes) catches an exception.</summary>
    public static bool Matches(PyExceptionObject exception, object type)
    {
        // All classes are looked at before the first is compared.
        object[] types = type is PyTuple tuple ? tuple.Items : [type];
        if (!types.All(item => item is PyClass cls && cls.IsSubclassOf(PyTypes.BaseException)))
            throw PyErrors.TypeError("catching classes that do not inherit from BaseException is not allowed");
        return types.Any(item => exception.Class.IsSubclassOf((PyClass)item));
    }

    /// <summary>Records that an exception was raised while another was being handled.</summary>
    public static void Chain(PyException raised, PyExceptionObject? handled)
    {
        if (handled is not null && raised.Instance.Context is null && !ReferenceEquals(raised.Instance, handled))
            raised.Instance.Context = handled;
    }
}

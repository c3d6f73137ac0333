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
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (type is PyTuple tuple)
            return tuple.Items.Any(item => Matches(exception, item));
        if (type is not PyClass cls || !cls.IsSubclassOf(PyTypes.BaseException))
            throw PyErrors.TypeError("catching classes that do not inherit from BaseException is not allowed");
        return exception.Class.IsSubclassOf(cls);
    }

    /// <summary>Records that an exception was raised while another was being handled.</summary>
    public static void Chain(PyException raised, PyExceptionObject? handled)
    {
        if (handled is not null && raised.Instance.Context is null && !ReferenceEquals(raised.Instance, handled))
            raised.Instance.Context = handled;
    }
}

namespace NnGpt.Python.Runtime;

/// <summary>Which .NET exceptions Python code sees, and as what.</summary>
internal static class ExceptionTranslation
{
    /// <summary>The Python exception, or null for one that no Python code may see: a limit, or a bug of the host.</summary>
    public static PyException? ToPython(Exception thrown)
    {
        switch (thrown)
        {
            case PyException python:
                return python;
            case ExecutionLimitException:
                return null;
            case InsufficientExecutionStackException:
                return PyErrors.RecursionError("maximum recursion depth exceeded");
            case OutOfMemoryException:
                return PyErrors.New(PyErrors.MemoryErrorClass);
            default:
                return Translate(thrown) ?? OfMisuse(thrown);
        }
    }

    /// <summary>
    /// What candidate code provokes in native code by handing a wrong self to a method it took from a class (or one whose
    /// <c>__init__</c> never ran), or by changing a container from inside a callback.
    /// </summary>
    private static PyException? OfMisuse(Exception thrown) => thrown switch
    {
        InvalidCastException or NullReferenceException => PyErrors.TypeError("descriptor requires an object of another type"),
        OverflowException => PyErrors.OverflowError("int too large to convert"),
        InvalidOperationException or ArgumentOutOfRangeException or IndexOutOfRangeException =>
            PyErrors.RuntimeError("container changed during the operation"),
        _ => null,
    };

    private static PyException? Translate(Exception thrown)
    {
        foreach (var translator in RunState.CurrentOrNull?.Interpreter?.ExceptionTranslators ?? [])
        {
            if (translator(thrown) is { } python)
                return python;
        }

        return null;
    }
}

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
                return Translate(thrown);
        }
    }

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

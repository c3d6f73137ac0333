namespace NnGpt.Python.Runtime;

/// <summary>A value with a direct call path: functions, methods, classes' wrappers.</summary>
public abstract class PyCallable : PyObject
{
    /// <summary>Creates a callable of a class.</summary>
    protected PyCallable(PyClass cls) : base(cls)
    {
    }

    /// <summary>Calls it.</summary>
    public abstract object Call(object[] arguments, Keyword[]? keywords);
}

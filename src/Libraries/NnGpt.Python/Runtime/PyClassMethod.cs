namespace NnGpt.Python.Runtime;

/// <summary><c>classmethod(f)</c>.</summary>
public sealed class PyClassMethod : PyObject
{
    /// <summary>Wraps a callable.</summary>
    public PyClassMethod(object function) : base(PyTypes.ClassMethod) => Function = function;

    /// <summary>The wrapped callable.</summary>
    public object Function { get; }
}

namespace NnGpt.Python.Runtime;

/// <summary><c>staticmethod(f)</c>.</summary>
public sealed class PyStaticMethod : PyCallable
{
    /// <summary>Wraps a callable.</summary>
    public PyStaticMethod(object function) : base(PyTypes.StaticMethod) => Function = function;

    /// <summary>The wrapped callable.</summary>
    public object Function { get; }

    /// <inheritdoc />
    public override object Call(object[] arguments, Keyword[]? keywords) => Py.Call(Function, arguments, keywords);
}

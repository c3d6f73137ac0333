namespace NnGpt.Python.Runtime;

/// <summary>An instance of a Python subclass of int, float or str: the primitive with a class and attributes.</summary>
internal sealed class PyBoxed : PyInstance
{
    public PyBoxed(PyClass cls, object value) : base(cls) => Value = value;

    public object Value { get; }
}

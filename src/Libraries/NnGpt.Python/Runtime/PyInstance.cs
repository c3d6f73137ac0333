namespace NnGpt.Python.Runtime;

/// <summary>An instance of a class defined in Python or of a native class without a value type of its own.</summary>
public class PyInstance : PyObject
{
    /// <summary>Creates an instance without running <c>__init__</c>.</summary>
    public PyInstance(PyClass cls) : base(cls)
    {
    }

    /// <summary>State that native code attaches to the instance; Python code cannot see it.</summary>
    public object? NativeState { get; set; }
}

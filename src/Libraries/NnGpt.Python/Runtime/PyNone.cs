namespace NnGpt.Python.Runtime;

/// <summary>The type of <c>None</c>; its only value is <see cref="Value"/>.</summary>
public sealed class PyNone : PyObject
{
    internal PyNone() : base(PyTypes.NoneType)
    {
    }

    /// <summary><c>None</c>.</summary>
    public static PyNone Value => PyTypes.None;
}

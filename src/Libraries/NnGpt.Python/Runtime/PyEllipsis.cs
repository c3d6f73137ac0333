namespace NnGpt.Python.Runtime;

/// <summary>The type of <c>...</c>.</summary>
public sealed class PyEllipsis : PyObject
{
    internal PyEllipsis() : base(PyTypes.EllipsisType)
    {
    }

    /// <summary><c>Ellipsis</c>.</summary>
    public static PyEllipsis Value => PyTypes.Ellipsis;
}

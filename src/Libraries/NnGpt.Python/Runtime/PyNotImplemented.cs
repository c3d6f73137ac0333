namespace NnGpt.Python.Runtime;

/// <summary>The type of <c>NotImplemented</c>: an operator returns it to let the other operand try.</summary>
public sealed class PyNotImplemented : PyObject
{
    internal PyNotImplemented() : base(PyTypes.NotImplementedType)
    {
    }

    /// <summary><c>NotImplemented</c>.</summary>
    public static PyNotImplemented Value => PyTypes.NotImplemented;
}

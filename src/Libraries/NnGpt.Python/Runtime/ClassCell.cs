using NnGpt.Python.Compilation;

namespace NnGpt.Python.Runtime;

/// <summary>Carries the <c>__class__</c> cell of a class body through the metaclass.</summary>
internal sealed class ClassCell(Cell cell) : PyObject(PyTypes.Object)
{
    public Cell Cell { get; } = cell;
}

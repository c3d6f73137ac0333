using System.Diagnostics.CodeAnalysis;

namespace NnGpt.Python.Runtime;

/// <summary>Iterates a list that may change meanwhile.</summary>
internal sealed class ListIterator(PyList list) : PyIterator(PyTypes.Iterator)
{
    private int _next;

    public override bool TryNext([NotNullWhen(true)] out object? item)
    {
        if (_next < list.Count)
        {
            item = list.Items[_next++];
            return true;
        }

        _next = int.MaxValue;
        item = null;
        return false;
    }
}

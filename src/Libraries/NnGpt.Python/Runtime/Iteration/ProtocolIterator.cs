using System.Diagnostics.CodeAnalysis;

namespace NnGpt.Python.Runtime;

/// <summary>Steps an iterator written in Python: <c>__next__</c> and StopIteration.</summary>
internal sealed class ProtocolIterator(object iterator) : PyIterator(PyTypes.Iterator)
{
    public override bool TryNext([NotNullWhen(true)] out object? item)
    {
        var next = Py.TypeOf(iterator).Lookup("__next__")
            ?? throw PyErrors.TypeError($"'{Py.TypeName(iterator)}' object is not an iterator");
        try
        {
            item = Py.CallSpecial(next, iterator);
            return true;
        }
        catch (PyException exception) when (exception.Is(PyErrors.StopIterationClass))
        {
            item = null;
            return false;
        }
    }
}

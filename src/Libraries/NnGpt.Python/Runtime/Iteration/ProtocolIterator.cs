using System.Diagnostics.CodeAnalysis;

namespace NnGpt.Python.Runtime;

/// <summary>Steps an iterator written in Python: <c>__next__</c> and StopIteration.</summary>
internal sealed class ProtocolIterator(object iterator) : PyIterator(PyTypes.Iterator)
{
    private object _result = PyNone.Value;

    /// <summary>The iterator itself.</summary>
    public object Source => iterator;

    internal override object Result => _result;

    public override bool TryNext([NotNullWhen(true)] out object? item)
    {
        var next = Py.TypeOf(iterator).Lookup("__next__")
            ?? throw PyErrors.TypeError($"'{Py.TypeName(iterator)}' object is not an iterator");
        return TryStep(() => Py.CallSpecial(next, iterator), out item);
    }

    /// <summary>Takes one step by any method of the iterator.</summary>
    public bool TryStep(Func<object> step, [NotNullWhen(true)] out object? item)
    {
        try
        {
            item = step();
            return true;
        }
        catch (PyException exception) when (exception.Is(PyErrors.StopIterationClass))
        {
            item = null;
            _result = exception.Instance.Arguments.Count > 0 ? exception.Instance.Arguments[0] : PyNone.Value;
            return false;
        }
    }
}

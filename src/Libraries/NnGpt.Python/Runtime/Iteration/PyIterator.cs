using System.Diagnostics.CodeAnalysis;

namespace NnGpt.Python.Runtime;

/// <summary>An iterator that native code can step without exceptions.</summary>
public abstract class PyIterator : PyObject
{
    /// <summary>Creates an iterator.</summary>
    protected PyIterator(PyClass cls) : base(cls)
    {
    }

    /// <summary>The next item, or false at the end.</summary>
    public abstract bool TryNext([NotNullWhen(true)] out object? item);

    /// <summary>The value a generator returned; None for other iterators.</summary>
    internal virtual object Result => PyNone.Value;
}

using System.Diagnostics.CodeAnalysis;

namespace NnGpt.Python.Runtime;

/// <summary>A Python iterator over a .NET sequence.</summary>
public sealed class NativeIterator : PyIterator
{
    private readonly IEnumerator<object> _items;
    private bool _running;

    /// <summary>Wraps a sequence.</summary>
    /// <param name="name">The name its repr shows, such as <c>map</c>.</param>
    /// <param name="items">The items, enumerated once.</param>
    public NativeIterator(string name, IEnumerable<object> items) : base(PyTypes.Iterator)
    {
        Name = name;
        _items = items.GetEnumerator();
    }

    /// <summary>The name its repr shows.</summary>
    public string Name { get; }

    /// <inheritdoc />
    public override bool TryNext([NotNullWhen(true)] out object? item)
    {
        if (_running)
            throw PyErrors.ValueError("iterator already executing");
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        _running = true;
        try
        {
            item = _items.MoveNext() ? _items.Current : null;
            return item is not null;
        }
        finally
        {
            _running = false;
        }
    }
}

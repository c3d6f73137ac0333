namespace NnGpt.Python.Runtime;

/// <summary>A Python tuple. Native tuple subclasses (torch.Size) derive from it.</summary>
public class PyTuple : PyObject
{
    /// <summary><c>()</c>.</summary>
    public static PyTuple Empty => PyTypes.EmptyTuple;

    /// <summary>A tuple that takes the given array over.</summary>
    public PyTuple(params object[] items) : this(PyTypes.Tuple, items)
    {
    }

    /// <summary>A tuple of a subclass of tuple.</summary>
    public PyTuple(PyClass cls, object[] items) : base(cls) => Items = items;

    /// <summary>The items; never changed after construction.</summary>
    public object[] Items { get; }

    /// <summary>Number of items.</summary>
    public int Count => Items.Length;

    /// <summary>One item, by a .NET index.</summary>
    public object this[int index] => Items[index];

    /// <summary>A tuple with a copy of the given items.</summary>
    public static PyTuple From(IEnumerable<object> items) => new(items.ToArray());

    /// <summary>A tuple of ints, for shapes.</summary>
    public static PyTuple OfInts(ReadOnlySpan<long> values)
    {
        var items = new object[values.Length];
        for (var i = 0; i < values.Length; i++)
            items[i] = Py.Int(values[i]);
        return new PyTuple(items);
    }
}

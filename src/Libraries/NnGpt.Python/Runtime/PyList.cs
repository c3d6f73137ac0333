namespace NnGpt.Python.Runtime;

/// <summary>A Python list.</summary>
public class PyList : PyObject
{
    /// <summary>An empty list.</summary>
    public PyList() : base(PyTypes.List) => Items = [];

    /// <summary>A list that takes the given items over.</summary>
    public PyList(List<object> items) : base(PyTypes.List) => Items = items;

    /// <summary>A list with a copy of the given items.</summary>
    public PyList(IEnumerable<object> items) : base(PyTypes.List) => Items = [.. items];

    /// <summary>An empty list of a subclass of list.</summary>
    public PyList(PyClass cls) : base(cls) => Items = [];

    /// <summary>The items.</summary>
    public List<object> Items { get; internal set; }

    /// <summary>Number of items.</summary>
    public int Count => Items.Count;
}

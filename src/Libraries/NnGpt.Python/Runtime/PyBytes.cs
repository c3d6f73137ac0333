namespace NnGpt.Python.Runtime;

/// <summary>A Python <c>bytes</c> value.</summary>
public sealed class PyBytes : PyObject
{
    /// <summary>Bytes that take the given array over.</summary>
    public PyBytes(byte[] items) : base(PyTypes.Bytes) => Items = items;

    /// <summary>The bytes; never changed after construction.</summary>
    public byte[] Items { get; }
}

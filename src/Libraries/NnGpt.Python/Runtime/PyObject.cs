namespace NnGpt.Python.Runtime;

/// <summary>
/// Base of every Python value that is not represented by a .NET primitive. Primitive representations are
/// <see cref="bool"/>, <see cref="long"/> and <see cref="System.Numerics.BigInteger"/> (int), <see cref="double"/> (float)
/// and <see cref="string"/> (str); everything else derives from this class.
/// </summary>
public abstract class PyObject
{
    /// <summary>Creates a value of a class.</summary>
    /// <param name="cls">The Python class of the value.</param>
    protected PyObject(PyClass cls) => Class = cls;

    /// <summary>The Python class of the value (<c>type(x)</c>).</summary>
    public PyClass Class { get; protected internal set; }

    /// <summary>The instance's <c>__dict__</c>, created on first use; null until then.</summary>
    public PyDict? Attributes { get; set; }

    /// <summary>Sets an entry of the instance's <c>__dict__</c> directly, as <c>object.__setattr__</c> does.</summary>
    public void SetAttribute(string name, object value) => (Attributes ??= new PyDict()).Set(name, value);

    /// <summary>An entry of the instance's <c>__dict__</c>, or null.</summary>
    public object? GetAttribute(string name) => Attributes?.GetOrNull(name);
}

namespace NnGpt.Python.Runtime;

/// <summary>A property; absent parts are None.</summary>
public sealed class PyProperty : PyObject
{
    /// <summary>Creates <c>property(fget, fset, fdel, doc)</c>.</summary>
    public PyProperty(object getter, object setter, object deleter, object doc) : base(PyTypes.Property)
    {
        Getter = getter;
        Setter = setter;
        Deleter = deleter;
        Doc = doc;
    }

    internal object Getter { get; }

    internal object Setter { get; }

    internal object Deleter { get; }

    internal object Doc { get; }

    /// <summary>The name it is assigned to, for messages.</summary>
    internal string? Name { get; set; }
}

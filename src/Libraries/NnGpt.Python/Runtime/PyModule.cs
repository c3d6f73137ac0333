namespace NnGpt.Python.Runtime;

/// <summary>A module: a namespace, and optionally a hook that makes names when they are first used.</summary>
public sealed class PyModule : PyObject
{
    /// <summary>Creates an empty module.</summary>
    /// <param name="name">The full name, such as <c>torch.nn.functional</c>.</param>
    public PyModule(string name) : base(PyTypes.Module)
    {
        Name = name;
        Attributes = new PyDict();
        Attributes.Set("__name__", name);
    }

    /// <summary>The full name.</summary>
    public string Name { get; }

    /// <summary>The names of the module.</summary>
    public PyDict Globals => Attributes!;

    /// <summary>Makes a name that is not there yet; null for an unknown one. The result is kept.</summary>
    public Func<string, object?>? Resolve { get; set; }

    /// <summary>The names <see cref="Resolve"/> can make, for <c>import *</c> and <c>dir</c>.</summary>
    public Func<IEnumerable<string>> ResolvableNames { get; set; } = () => [];

    /// <summary>Sets a name and gives the module back, so definitions chain.</summary>
    public PyModule Set(string name, object value)
    {
        Globals.Set(name, value);
        return this;
    }

    /// <summary>Adds a class under its own name.</summary>
    public PyModule Add(PyClass cls) => Set(cls.Name, cls);

    /// <summary>Defines a native function.</summary>
    public PyModule Function(string name, string signature, NativeCode code) =>
        Set(name, new NativeFunction(name, signature, code) { Binds = false });

    /// <summary>The value of a name, made by <see cref="Resolve"/> if need be, or null.</summary>
    public object? Find(string name)
    {
        if (Globals.GetOrNull(name) is { } value)
            return value;
        if (Resolve?.Invoke(name) is not { } made)
            return null;
        Globals.Set(name, made);
        return made;
    }
}

namespace NnGpt.Python.Runtime;

/// <summary>A Python class, native or defined by candidate code. Attribute lookup follows the C3 order.</summary>
public sealed partial class PyClass : PyObject
{
    private PyClass[] _bases;
    private PyClass[] _mro;
    private IReadOnlyList<string> _abstractMethods = [];

    /// <summary>Creates a native class: candidate code can subclass it but not change it.</summary>
    /// <param name="name">The name, <c>__name__</c>.</param>
    /// <param name="module">The defining module, <c>__module__</c>.</param>
    /// <param name="bases">The bases; <c>object</c> when none is given.</param>
    public PyClass(string name, string module, params PyClass[] bases)
        : this(name, module, bases.Length == 0 ? [PyTypes.Object] : bases, new PyDict(), null) => IsNative = true;

    /// <summary>A native class that is an instance of a metaclass.</summary>
    public static PyClass OfMetaclass(PyClass metaclass, string name, string module, params PyClass[] bases) =>
        new(name, module, bases.Length == 0 ? [PyTypes.Object] : bases, new PyDict(), metaclass) { IsNative = true };

    internal PyClass(string name, string module, PyClass[] bases, PyDict attributes, PyClass? metaclass)
        : base(metaclass ?? PyTypes.Type)
    {
        Name = name;
        QualifiedName = name;
        Module = module;
        _bases = bases;
        Attributes = attributes;
        _mro = MethodResolution.Linearize(this);
        foreach (var ancestor in Mro.AsSpan(1))
        {
            Allocator ??= ancestor.Allocator;
            InstancesHaveAttributes |= ancestor.InstancesHaveAttributes;
            HasCustomGetAttribute |= ancestor.HasCustomGetAttribute;
        }
    }

    /// <summary>Fills the classes that every other one needs to exist: object, type, dict.</summary>
    internal static void InitializeRoot(PyClass cls, string name, PyClass[] bases)
    {
        cls.Class = PyTypes.Type;
        cls.Name = name;
        cls.QualifiedName = name;
        cls.Module = "builtins";
        cls._bases = bases;
        cls._mro = [cls, .. bases];
        cls._abstractMethods = [];
        cls.IsNative = true;
        cls.Attributes = new PyDict();
    }

    /// <summary><c>__name__</c>.</summary>
    public string Name { get; internal set; }

    /// <summary>Whether error messages name the class with its module, as they do for types written in C that are not builtins.</summary>
    public bool IsQualified { get; init; }

    /// <summary><c>__qualname__</c>.</summary>
    public string QualifiedName { get; internal set; }

    /// <summary><c>__module__</c>.</summary>
    public string Module { get; internal set; }

    /// <summary>The direct bases.</summary>
    public IReadOnlyList<PyClass> Bases => _bases;

    /// <summary>The method resolution order, this class first.</summary>
    internal PyClass[] Mro => _mro;

    /// <summary>The method resolution order, this class first.</summary>
    public IReadOnlyList<PyClass> MethodResolutionOrder => Mro;

    /// <summary>The namespace of the class itself.</summary>
    internal PyDict Namespace => Attributes!;

    /// <summary>Whether the class comes from native code: candidate code cannot set its attributes.</summary>
    public bool IsNative { get; internal set; }

    /// <summary>Whether candidate code may not derive from the class (bool, NoneType, function...).</summary>
    public bool IsFinal { get; internal set; }

    /// <summary>Whether the class must not be instantiated by calling it from candidate code.</summary>
    public bool IsAbstractNative { get; set; }

    /// <summary>Creates an empty instance for <c>object.__new__</c>; inherited from the nearest native ancestor.</summary>
    public Func<PyClass, PyObject>? Allocator { get; set; }

    /// <summary>Whether instances of a native value type take arbitrary attributes, as tensors do.</summary>
    public bool InstancesHaveAttributes { get; set; }

    /// <summary>Whether Python code overrides <c>__getattribute__</c>.</summary>
    internal bool HasCustomGetAttribute { get; set; }

    /// <summary>Names of abstract methods that are still unimplemented (ABCMeta).</summary>
    internal IReadOnlyList<string> AbstractMethods
    {
        get => _abstractMethods;
        set => _abstractMethods = value;
    }

    /// <summary>The names in <c>__slots__</c>; null when instances have a dict.</summary>
    internal HashSet<string>? SlotNames { get; set; }

    /// <summary>Whether this class is the other or derives from it.</summary>
    public bool IsSubclassOf(PyClass other) => ReferenceEquals(this, other) || Array.IndexOf(Mro, other) >= 0;

    /// <summary>The attribute along the method resolution order, unbound, or null.</summary>
    public object? Lookup(string name) => Lookup(name, PyHash.OfString(name));

    internal object? Lookup(string name, long hash)
    {
        foreach (var ancestor in Mro)
        {
            if (ancestor.Namespace.GetOrNull(name, hash) is { } value)
                return value;
        }

        return null;
    }

    /// <summary>The attribute defined by a class after <paramref name="start"/> in this class's order (super()).</summary>
    internal object? LookupAfter(PyClass start, string name)
    {
        var index = Array.IndexOf(Mro, start);
        for (var i = index + 1; i < Mro.Length; i++)
        {
            if (Mro[i].Namespace.GetOrNull(name) is { } value)
                return value;
        }

        return null;
    }

    /// <summary>Sets an attribute of the class itself.</summary>
    public void Set(string name, object value) => Namespace.Set(name, value);

    /// <inheritdoc />
    public override string ToString() => $"<class '{Module}.{QualifiedName}'>";
}

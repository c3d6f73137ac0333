namespace NnGpt.Python.Runtime;

/// <summary>
/// Arguments bound to a native function's signature, in the order of its parameters; <c>*args</c> is a
/// <see cref="PyTuple"/>, <c>**kwargs</c> a <see cref="PyDict"/>. The typed accessors raise TypeError naming the
/// function and the parameter.
/// </summary>
public readonly struct NativeArguments
{
    private readonly object?[] _values;
    private readonly NativeFunction _function;

    internal NativeArguments(NativeFunction function, object?[] values)
    {
        _function = function;
        _values = values;
    }

    /// <summary>Number of parameters.</summary>
    public int Count => _values.Length;

    /// <summary>The value of a parameter.</summary>
    public object this[int index] => _values[index]!;

    /// <summary>Whether the argument is None.</summary>
    public bool IsNone(int index) => _values[index] is PyNone;

    /// <summary>An int argument (bool and <c>__index__</c> accepted).</summary>
    public long Long(int index) => Py.TryIndex(this[index], out var value) ? value : throw Wrong(index, "int");

    /// <summary>An int argument within the range of a .NET int.</summary>
    public int Int(int index)
    {
        var value = Long(index);
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw PyErrors.OverflowError("Python int too large to convert to C int");
    }

    /// <summary>A number as a double.</summary>
    public double Double(int index) => Py.TryDouble(this[index], out var value) ? value : throw Wrong(index, "float");

    /// <summary>Truth of the argument, as <c>bool(x)</c>.</summary>
    public bool Bool(int index) => Py.Truth(this[index]);

    /// <summary>A str argument.</summary>
    public string Text(int index) => Py.TryText(this[index], out var text) ? text : throw Wrong(index, "str");

    /// <summary>A str argument or null for None.</summary>
    public string? TextOrNull(int index) => IsNone(index) ? null : Text(index);

    /// <summary>The <c>*args</c> parameter.</summary>
    public PyTuple Tuple(int index) => (PyTuple)this[index];

    /// <summary>The <c>**kwargs</c> parameter, or a dict argument.</summary>
    public PyDict Dict(int index) => this[index] as PyDict ?? throw Wrong(index, "dict");

    /// <summary>An argument of a native type.</summary>
    public T As<T>(int index) where T : class => this[index] as T ?? throw Wrong(index, typeof(T).Name);

    /// <summary>TypeError that names the function, the parameter, what was expected and what came.</summary>
    public PyException Wrong(int index, string expected) => PyErrors.TypeError(
        $"{_function.Name}(): argument '{_function.Signature.Parameters[index].Name}' (position {index + 1}) must be {expected}, not {Py.TypeName(this[index])}");
}

namespace NnGpt.Python.Runtime;

/// <summary>A function implemented in .NET and bound to a Python signature.</summary>
public sealed class NativeFunction : PyCallable
{
    private readonly NativeCode _code;

    /// <summary>Creates a function.</summary>
    /// <param name="name">The name that error messages use.</param>
    /// <param name="signature">Parameters as in a def, without annotations: <c>"x, p=0.5, *, inplace=False, **kwargs"</c>.
    /// Defaults are literals: numbers, strings, True, False, None, tuples of these, or <c>...</c>.</param>
    /// <param name="code">The body.</param>
    public NativeFunction(string name, string signature, NativeCode code) : base(PyTypes.BuiltinFunction)
    {
        Name = name;
        QualifiedName = name;
        Signature = Signature.Parse(signature);
        _code = code;
    }

    internal NativeFunction(string name, Signature signature, NativeCode code) : base(PyTypes.BuiltinFunction)
    {
        Name = name;
        QualifiedName = name;
        Signature = signature;
        _code = code;
    }

    /// <summary><c>__name__</c>.</summary>
    public string Name { get; }

    /// <summary><c>__qualname__</c>, which argument errors begin with.</summary>
    public string QualifiedName { get; init; }

    /// <summary>The parameters.</summary>
    internal Signature Signature { get; }

    /// <summary>The hook behind a <c>__getattr__</c> made by <see cref="PyClass.GetAttributeHook"/>.</summary>
    internal Func<PyObject, string, object?>? AttributeHook { get; init; }

    /// <summary>Whether attribute lookup on an instance binds self (methods do, functions of modules do not).</summary>
    internal bool Binds { get; set; } = true;

    /// <summary>Defaults that candidates may see and set, of a function made for one class of theirs; null for what all share.</summary>
    internal object?[]? Defaults { get; set; }

    /// <inheritdoc />
    public override object Call(object[] arguments, Keyword[]? keywords)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var bound = Signature.Bind(QualifiedName, arguments, keywords, Defaults);
        return Normalize(_code(new NativeArguments(this, bound)));
    }

    private static object Normalize(object? result) => result switch
    {
        null => PyNone.Value,
        int number => Py.Int(number),
        float number => (double)number,
        bool flag => Py.Bool(flag),
        _ => result,
    };
}

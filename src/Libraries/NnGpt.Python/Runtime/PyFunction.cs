using NnGpt.Python.Compilation;

namespace NnGpt.Python.Runtime;

/// <summary>A function defined by candidate code.</summary>
public sealed class PyFunction : PyCallable
{
    private object?[] _defaults;

    internal PyFunction(FunctionCode code, object?[] defaults, Cell[] closure, PyModule module)
        : base(PyTypes.Function)
    {
        Code = code;
        Name = code.Name;
        QualifiedName = code.QualifiedName;
        _defaults = defaults;
        Closure = closure;
        Module = module;
    }

    /// <summary><c>__name__</c>.</summary>
    public string Name { get; internal set; }

    /// <summary><c>__qualname__</c>.</summary>
    public string QualifiedName { get; internal set; }

    /// <summary>The parameter names in order, without <c>*args</c> and <c>**kwargs</c>.</summary>
    public IReadOnlyList<string> ParameterNames =>
        [.. Code.Signature.Parameters.Where(p => p.Kind is not (ParameterKind.VarArgs or ParameterKind.VarKeywords)).Select(p => p.Name)];

    internal FunctionCode Code { get; }

    internal Cell[] Closure { get; }

    internal PyModule Module { get; }

    internal object? Doc { get; set; }

    internal PyDict Annotations { get; set; } = new();

    internal object ModuleName => Module.Globals.GetOrNull("__name__") ?? "__main__";

    internal object?[] Defaults => _defaults;

    internal object DefaultsTuple => Code.Signature.DefaultsTuple(_defaults);

    internal void SetDefaults(object value) => _defaults = Code.Signature.WithDefaults(_defaults, value);

    /// <inheritdoc />
    public override object Call(object[] arguments, Keyword[]? keywords) => Code.Invoke(this, arguments, keywords);
}

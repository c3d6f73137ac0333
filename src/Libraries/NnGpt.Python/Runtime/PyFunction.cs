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

    internal object DefaultsTuple
    {
        get
        {
            var given = _defaults.Where((d, i) => d is not null && Code.Signature.Parameters[i].Kind
                is ParameterKind.Positional or ParameterKind.PositionalOnly);
            return given.Any() ? PyTuple.From(given!) : PyNone.Value;
        }
    }

    internal void SetDefaults(object value)
    {
        var items = value is PyTuple tuple ? tuple.Items : [];
        var positional = Code.Signature.Parameters.Count(p => p.Kind is ParameterKind.Positional or ParameterKind.PositionalOnly);
        var defaults = (object?[])_defaults.Clone();
        for (var i = 0; i < positional; i++)
        {
            var index = i - (positional - items.Length);
            defaults[i] = index >= 0 ? items[index] : null;
        }

        _defaults = defaults;
    }

    /// <inheritdoc />
    public override object Call(object[] arguments, Keyword[]? keywords) => Code.Invoke(this, arguments, keywords);
}

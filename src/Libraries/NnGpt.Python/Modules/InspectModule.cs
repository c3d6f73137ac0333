using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>inspect</c>: what its source asks about functions.</summary>
internal static class InspectModule
{
    public static PyModule Create() => new PyModule("inspect")
        .Function("_parameters", "function", a => Parameters(a[0]))
        .Function("_flags", "function", a => Py.Int(a[0] switch
        {
            PyFunction { Code.IsCoroutine: true } => 2,
            PyFunction { Code.GeneratorBody: not null } => 1,
            PyBoundMethod { Function: PyFunction { Code.GeneratorBody: not null } } => 1,
            _ => 0,
        }));

    /// <summary>Name, kind and a tuple with the default, if there is one, of each parameter.</summary>
    private static PyList Parameters(object function)
    {
        var (parameters, defaults) = function switch
        {
            PyFunction python => (python.Code.Signature.Parameters, python.Defaults),
            NativeFunction native => (native.Signature.Parameters, native.Signature.Parameters.Select(p => p.Default).ToArray()),
            _ => throw PyErrors.ValueError($"no signature found for {Py.Repr(function)}"),
        };
        return new PyList(parameters.Select((p, i) => (object)new PyTuple(
            p.Name, Py.Int(KindOf(p.Kind)), defaults[i] is { } value ? new PyTuple(value) : PyTuple.Empty)));
    }

    private static int KindOf(ParameterKind kind) => kind switch
    {
        ParameterKind.PositionalOnly => 0,
        ParameterKind.Positional => 1,
        ParameterKind.VarArgs => 2,
        ParameterKind.KeywordOnly => 3,
        _ => 4,
    };
}

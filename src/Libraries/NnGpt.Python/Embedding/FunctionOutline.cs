using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python;

/// <summary>A function as its text defines it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Required">Positional parameters without a default, self included.</param>
/// <param name="Positional">Positional arguments it takes at most; <see cref="int.MaxValue"/> with <c>*args</c>.</param>
/// <param name="RequiredKeywords">Keyword-only parameters without a default.</param>
public sealed record FunctionOutline(string Name, int Required, int Positional, int RequiredKeywords)
{
    /// <summary>A call with so many positional arguments, self included, and no others fits.</summary>
    public bool Accepts(int arguments) => arguments >= Required && arguments <= Positional && RequiredKeywords == 0;

    internal static FunctionOutline Of(FunctionStatement statement)
    {
        var positional = statement.Parameters.Where(p => p.Kind is ParameterKind.PositionalOnly or ParameterKind.Positional).ToList();
        return new FunctionOutline(
            statement.Name,
            positional.Count(p => p.Default is null),
            statement.Parameters.Any(p => p.Kind == ParameterKind.VarArgs) ? int.MaxValue : positional.Count,
            statement.Parameters.Count(p => p.Kind == ParameterKind.KeywordOnly && p.Default is null));
    }
}

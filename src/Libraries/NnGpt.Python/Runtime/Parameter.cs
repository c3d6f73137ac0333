namespace NnGpt.Python.Runtime;

/// <summary>How a parameter takes arguments.</summary>
internal enum ParameterKind
{
    PositionalOnly,
    Positional,
    VarArgs,
    KeywordOnly,
    VarKeywords,
}

/// <summary>One parameter; <paramref name="Default"/> is null when it is required.</summary>
internal sealed record Parameter(string Name, ParameterKind Kind, object? Default = null);

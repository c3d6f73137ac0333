namespace NnGpt.Python.Runtime;

/// <summary>A keyword argument of a call.</summary>
public readonly record struct Keyword(string Name, object Value);

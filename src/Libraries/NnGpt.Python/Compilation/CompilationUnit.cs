namespace NnGpt.Python.Compilation;

/// <summary>What the compilers of one source's scopes share.</summary>
internal sealed record CompilationUnit(string File, Dictionary<object, Scope> Scopes, bool LazyAnnotations);

namespace NnGpt.Python.Runtime;

/// <summary>One frame of a traceback.</summary>
/// <param name="File">The name the source was compiled under.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Function">The function's name, or <c>&lt;module&gt;</c>.</param>
public sealed record TracebackEntry(string File, int Line, string Function);

using System.Diagnostics.CodeAnalysis;

namespace NnGpt.Python;

/// <summary>Compiled code, or the syntax error that prevents it.</summary>
public sealed record CompilationResult
{
    /// <summary>The code; null when there is an error.</summary>
    public PythonCode? Code { get; init; }

    /// <summary>The error; null when there is code.</summary>
    public PythonSyntaxError? Error { get; init; }

    /// <summary>Whether there is code.</summary>
    [MemberNotNullWhen(true, nameof(Code))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Code is not null;
}

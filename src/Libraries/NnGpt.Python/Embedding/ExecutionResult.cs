using System.Diagnostics.CodeAnalysis;
using NnGpt.Python.Runtime;

namespace NnGpt.Python;

/// <summary>What came of running candidate code: a value, a Python exception nobody caught, or an exceeded limit.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed record ExecutionResult<T>
{
    /// <summary>The value; null when the run failed.</summary>
    public T? Value { get; init; }

    /// <summary>The uncaught Python exception, or null.</summary>
    public PyException? Exception { get; init; }

    /// <summary>The exceeded limit, or null.</summary>
    public ExecutionLimit? Limit { get; init; }

    /// <summary>Whether the run ended normally.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Exception is null && Limit is null;
}

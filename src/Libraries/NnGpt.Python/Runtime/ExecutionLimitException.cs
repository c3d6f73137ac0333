namespace NnGpt.Python.Runtime;

/// <summary>Ends candidate code that exceeded a budget. No Python except or finally clause sees it.</summary>
public sealed class ExecutionLimitException : Exception
{
    internal ExecutionLimitException(ExecutionLimit limit) : base($"candidate code exceeded its limit: {limit}") => Limit = limit;

    /// <summary>The budget.</summary>
    public ExecutionLimit Limit { get; }
}

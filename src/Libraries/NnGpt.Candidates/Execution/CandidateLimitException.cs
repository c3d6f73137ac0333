namespace NnGpt.Candidates.Execution;

/// <summary>Ends candidate code that asked for more than its limits, or for what the runtime lacks; it cannot catch this.</summary>
internal sealed class CandidateLimitException(RejectionReason reason, string errorType, string message) : Exception(message)
{
    public RejectionReason Reason { get; } = reason;

    public string ErrorType { get; } = errorType;

    public static CandidateLimitException Unsupported(string what) =>
        new(RejectionReason.Unsupported, "NotImplementedError", $"{what} is not supported by this runtime");
}

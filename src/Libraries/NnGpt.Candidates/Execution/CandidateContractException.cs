namespace NnGpt.Candidates.Execution;

/// <summary>A rejection found by the host between steps of the candidate's own code.</summary>
internal sealed class CandidateContractException(RejectionReason reason, string errorType, string message) : Exception(message)
{
    public RejectionReason Reason { get; } = reason;

    public string ErrorType { get; } = errorType;
}

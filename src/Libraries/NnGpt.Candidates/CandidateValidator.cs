namespace NnGpt.Candidates;

/// <summary>Validates candidates: parse, contract, instantiation, forward pass, a few steps of learning.</summary>
public static class CandidateValidator
{
    /// <summary>Executes a candidate against a request. Every failure of the candidate is a report, not an exception.</summary>
    public static ValidationReport Validate(
        string source, ValidationRequest request, CandidateLimits limits, CancellationToken cancellation) =>
        throw new NotImplementedException();
}

namespace NnGpt.Candidates;

/// <summary>Trains candidates for one epoch by their own learn() and measures their accuracy.</summary>
public static class CandidateTrainer
{
    /// <summary>Trains and evaluates. Every failure of the candidate is a report, not an exception.</summary>
    public static TrainingReport Train(
        string source, TrainingRequest request, CandidateLimits limits, CancellationToken cancellation) =>
        throw new NotImplementedException();
}

namespace NnGpt.Experiments.Admission;

/// <summary>The order in which candidates are called best.</summary>
public static class Ranking
{
    /// <summary>Highest accuracy first; of equal ones the smaller network, then the earlier id.</summary>
    public static IEnumerable<ScoredCandidate> Order(IEnumerable<ScoredCandidate> candidates) =>
        candidates.OrderByDescending(c => c.Accuracy).ThenBy(c => c.Parameters).ThenBy(c => c.Id, StringComparer.Ordinal);
}

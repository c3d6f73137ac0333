using NnGpt.Experiments.Statistics;
using NnGpt.Novelty.Shingles;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Comparison;

/// <summary>The figures of a cycle, or of several together. Every share and mean has its 95 % interval and its denominator.</summary>
/// <param name="Cycles">"4", or "9-11" for several.</param>
/// <param name="Generated">Candidates with a source.</param>
/// <param name="ValidRate">Valid of generated.</param>
/// <param name="MeanAccuracy">Of the scored.</param>
/// <param name="BestAccuracy">Of the scored; NaN without any.</param>
/// <param name="AboveFloor">Scored with at least the profile's accuracy floor, which is the same in every cycle, of the scored.</param>
/// <param name="Novel">Scored at or above the cycle's threshold, and no near-duplicate.</param>
/// <param name="Admitted">Admitted in these cycles.</param>
/// <param name="DistinctSoFar">Different structures (fingerprints) admitted up to the last of these cycles.</param>
/// <param name="PairwiseSimilarity">
/// Mean over the valid candidates of their mean exact Jaccard similarity to the other valid ones of the same cycle. The interval
/// takes these means for independent.
/// </param>
/// <param name="Repeats">Valid candidates that are near-duplicates of an earlier valid one of the experiment, of the valid.</param>
/// <param name="Vendi">How many different networks the valid candidates amount to: <see cref="VendiScore"/> of their exact Jaccard similarities.</param>
/// <param name="Families">Scored candidates of each architecture family.</param>
/// <param name="FamiliesAboveFloor">Those of them with at least the accuracy floor.</param>
internal sealed record CycleFigures(
    string Cycles, int Generated, ConfidenceInterval ValidRate, ConfidenceInterval MeanAccuracy, double BestAccuracy,
    ConfidenceInterval AboveFloor, int Novel, int Admitted, int DistinctSoFar, ConfidenceInterval PairwiseSimilarity, ConfidenceInterval Repeats, double Vendi,
    IReadOnlyDictionary<string, int> Families, IReadOnlyDictionary<string, int> FamiliesAboveFloor)
{
    /// <summary>The figures of some of an experiment's cycles.</summary>
    /// <param name="first">First cycle.</param>
    /// <param name="last">Last cycle.</param>
    /// <param name="candidates">Every candidate of the experiment, with source.</param>
    /// <param name="repeats">Ids of those that are near-duplicates of an earlier one.</param>
    /// <param name="floor">The accuracy floor of the profile.</param>
    public static CycleFigures Of(int first, int last, IReadOnlyList<Candidate> candidates, IReadOnlySet<string> repeats, double floor)
    {
        Candidate[] here = [.. candidates.Where(candidate => candidate.Ref.Cycle >= first && candidate.Ref.Cycle <= last)];
        Candidate[] scored = [.. here.Where(candidate => candidate.Training is { Scored: true })];
        Candidate[] valid = [.. here.Where(candidate => candidate.Validation is { Valid: true })];
        Candidate[] above = [.. scored.Where(candidate => candidate.Training.Accuracy >= floor)];
        int generated = here.Count(candidate => candidate.Origin is not null);
        return new CycleFigures(
            first == last ? $"{first}" : $"{first}-{last}",
            generated,
            WilsonInterval.Of(valid.Length, Math.Max(valid.Length, generated)),
            MeanInterval.Of([.. scored.Select(candidate => candidate.Training.Accuracy)]),
            scored.Select(candidate => candidate.Training.Accuracy).DefaultIfEmpty(double.NaN).Max(),
            WilsonInterval.Of(above.Length, scored.Length),
            here.Count(candidate => candidate.Novelty is { Novel: true, AboveThreshold: true }),
            here.Count(candidate => candidate.Novelty is { Admitted: true }),
            candidates.Where(candidate => candidate.Ref.Cycle <= last && candidate.Novelty is { Admitted: true })
                .Select(candidate => candidate.Structure is { Fingerprint.Length: > 0 } structure ? structure.Fingerprint : candidate.Ref.Id)
                .Distinct(StringComparer.Ordinal).Count(),
            MeanInterval.Of([.. valid.GroupBy(candidate => candidate.Ref.Cycle).SelectMany(cycle => MeanSimilarities(Similarities([.. cycle])))]),
            WilsonInterval.Of(valid.Count(candidate => repeats.Contains(candidate.Ref.Id)), valid.Length),
            VendiScore.Of(Similarities(valid)),
            CountFamilies(scored),
            CountFamilies(above));
    }

    private static SortedDictionary<string, int> CountFamilies(IEnumerable<Candidate> candidates) => new(
        candidates.Where(candidate => candidate.Validation is { Family.Length: > 0 })
            .GroupBy(candidate => candidate.Validation.Family).ToDictionary(group => group.Key, group => group.Count()),
        StringComparer.Ordinal);

    private static double[,] Similarities(Candidate[] candidates)
    {
        ShingleSet[] sets = [.. candidates.Select(candidate => ShingleSet.Of(candidate.Source))];
        double[,] similarities = new double[sets.Length, sets.Length];
        for (int i = 0; i < sets.Length; i++)
        {
            similarities[i, i] = 1;
            for (int j = i + 1; j < sets.Length; j++)
            {
                similarities[i, j] = similarities[j, i] = sets[i].Jaccard(sets[j]);
            }
        }

        return similarities;
    }

    // Of each to the others.
    private static IEnumerable<double> MeanSimilarities(double[,] similarities)
    {
        int n = similarities.GetLength(0);
        return n < 2
            ? []
            : Enumerable.Range(0, n).Select(i => (Enumerable.Range(0, n).Sum(j => similarities[i, j]) - 1) / (n - 1));
    }
}

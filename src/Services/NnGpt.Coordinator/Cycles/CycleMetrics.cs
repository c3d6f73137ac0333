using MathNet.Numerics.Statistics;
using NnGpt.Coordinator.Store;
using NnGpt.Experiments.Statistics;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Cycles;

/// <summary>The figures of a cycle. Each share states its denominator: generated, scored and judged are different numbers.</summary>
internal static class CycleMetrics
{
    public static Cycle Of(CycleRow cycle, IReadOnlyList<CandidateRow> candidates)
    {
        double[] accuracies = [.. candidates.Where(c => c.Accuracy is not null).Select(c => c.Accuracy!.Value)];
        var above = candidates.Where(c => c.Accuracy >= cycle.Threshold).ToList();
        var judged = candidates.Where(c => c.Novelty is not null).ToList();
        int generated = candidates.Count(c => c.Origin is not null);
        int valid = candidates.Count(c => c.Origin is not null && c.Validation is { Valid: true });
        var best = candidates.Where(c => c.Accuracy is not null)
            .OrderByDescending(c => c.Accuracy).ThenBy(c => c.Validation?.Parameters ?? 0).ThenBy(c => c.Index).FirstOrDefault();

        var message = new Cycle
        {
            Number = cycle.Number,
            Stage = cycle.Stage,
            Requested = cycle.Requested,
            Generated = generated,
            Validated = candidates.Count(c => c.Validation is not null),
            Valid = candidates.Count(c => c.Validation is { Valid: true }),
            Scored = accuracies.Length,
            AboveThreshold = above.Count,
            Novel = above.Count(c => c.Novelty is { Novel: true }),
            Admitted = candidates.Count(c => c.Admitted is not null),
            Finished = candidates.Count(c => c.IsFinished),
            AccuracyThreshold = cycle.Threshold,
            ValidRate = Message(WilsonInterval.Of(valid, generated)),
            AboveRate = Message(WilsonInterval.Of(above.Count, accuracies.Length)),
            MeanAccuracy = Message(MeanInterval.Of(accuracies)),
            BestAccuracy = best?.Accuracy ?? 0,
            MedianAccuracy = accuracies.Length == 0 ? 0 : accuracies.Median(),
            BestCandidate = best?.Id ?? "",
            AdapterDigest = cycle.Adapter,
            NextAdapterDigest = cycle.NextAdapter,
            MeanSimilarity = judged.Count == 0 ? 0 : judged.Average(c => Math.Max(c.Novelty!.JTrain, c.Novelty.JGenerated)),
        };
        message.Structures = Structures(candidates);
        message.FineTuningLosses.Add(cycle.Losses);
        foreach (var reason in candidates.Where(c => c.IsFinished && c.Reason != RejectionReason.Unspecified).GroupBy(c => c.Reason))
            message.Rejections.Add(Name(reason.Key), reason.Count());
        foreach (var family in candidates.Where(c => c.Accuracy is not null && c.Validation is { Family.Length: > 0 }).GroupBy(c => c.Validation!.Family))
            message.Families.Add(family.Key, family.Count());
        foreach (var (stage, seconds) in cycle.Seconds)
            message.Seconds.Add(stage, seconds);
        return message;
    }

    private static StructureCounts Structures(IReadOnlyList<CandidateRow> candidates)
    {
        int Count(StructureClass kind) => candidates.Count(c => c.Admitted is not null && c.Structure?.Class == kind);
        return new StructureCounts
        {
            Copies = Count(StructureClass.Copy),
            NearDuplicates = Count(StructureClass.NearDuplicate),
            Recombinations = Count(StructureClass.Recombination),
            NewMotifs = Count(StructureClass.NewMotif),
        };
    }

    // Accuracies and shares lie in 0..1: an interval without bounds (one observation) is that whole range.
    private static Interval Message(ConfidenceInterval interval) => interval.N == 0
        ? new Interval { High = 1 }
        : new Interval { Value = interval.Value, Low = Math.Max(interval.Low, 0), High = Math.Min(interval.High, 1), N = interval.N };

    // REJECTION_REASON_NON_FINITE: "non_finite"
    private static string Name(RejectionReason reason) =>
        string.Concat(reason.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}

using NnGpt.Experiments.Statistics;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Comparison;

/// <summary>A candidate that was trained again with other seeds and evaluated on the test split.</summary>
/// <param name="Candidate">Its id.</param>
/// <param name="Cycle">The cycle that wrote it.</param>
/// <param name="Family">Its architecture family.</param>
/// <param name="Validation">Accuracy on the validation images, which selected it.</param>
/// <param name="Test">Mean accuracy on the test split over the seeds.</param>
internal sealed record RescoredCandidate(string Candidate, int Cycle, string Family, double Validation, ConfidenceInterval Test)
{
    public static RescoredCandidate? Of(Candidate candidate) =>
        candidate.Rescored.Where(run => run.Scored).Select(run => run.Accuracy).ToArray() is { Length: > 0 } accuracies
            ? new RescoredCandidate(
                candidate.Ref.Id, candidate.Ref.Cycle, candidate.Validation?.Family ?? "", candidate.Training.Accuracy, MeanInterval.Of(accuracies))
            : null;
}

using Grpc.Core;
using NnGpt.Cli.Commands;
using NnGpt.Cli.Connection;
using NnGpt.Experiments.Profiles;
using NnGpt.Novelty;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Comparison;

/// <summary>An experiment's figures cycle by cycle, and those of its last cycles together.</summary>
/// <param name="Experiment">Its id.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Floor">The accuracy that shares are counted at: the profile's floor.</param>
/// <param name="Cycles">Each closed cycle.</param>
/// <param name="Last">The last three of them together; null when there are fewer than four.</param>
/// <param name="Rescored">Mean accuracy on the test split of each candidate that was trained again.</param>
internal sealed record ExperimentFigures(
    string Experiment, ulong Seed, double Floor, IReadOnlyList<CycleFigures> Cycles, CycleFigures? Last, IReadOnlyList<RescoredCandidate> Rescored)
{
    private const int LastCycles = 3;
    private const int CallsAtOnce = 8;

    public static async Task<ExperimentFigures> ReadAsync(CoordinatorConnection connection, string run, CancellationToken cancellationToken)
    {
        string id = await ExperimentId.ResolveAsync(connection, run, cancellationToken);
        var experiment = await connection.Experiments.GetAsync(
            new GetExperimentRequest { Id = id }, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken);
        var admission = ExperimentProfile.Parse(experiment.Profile).Profile?.Admission;
        double floor = admission?.AccuracyFloor ?? 0;
        var listed = await CandidatesCommand.ReadAllAsync(
            connection, new ListCandidatesRequest { Experiment = id, Cycle = -1 }, int.MaxValue, cancellationToken);
        var candidates = new Candidate[listed.Count];
        await Parallel.ForAsync(
            0, listed.Count, new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken },
            async (i, token) => candidates[i] = await connection.Experiments.GetCandidateAsync(
                new GetCandidateRequest { Id = listed[i].Ref.Id }, deadline: CoordinatorConnection.Deadline, cancellationToken: token));
        var repeats = FindRepeats(
            candidates, admission is null ? new NoveltySettings() : new NoveltySettings(admission.Tau, admission.Retrieval, admission.Permutations, admission.Shingle));
        int closed = experiment.Cycles.Count(cycle => cycle.Finished > 0 && cycle.Finished == cycle.Requested);
        return new ExperimentFigures(
            id,
            experiment.Seed,
            floor,
            [.. Enumerable.Range(0, closed).Select(cycle => CycleFigures.Of(cycle, cycle, candidates, repeats, floor))],
            closed > LastCycles ? CycleFigures.Of(closed - LastCycles, closed - 1, candidates, repeats, floor) : null,
            [.. candidates.Select(RescoredCandidate.Of).OfType<RescoredCandidate>().OrderByDescending(candidate => candidate.Test.Value)]);
    }

    private static HashSet<string> FindRepeats(Candidate[] candidates, NoveltySettings settings)
    {
        List<SignedDocument> earlier = [];
        HashSet<string> repeats = [];
        foreach (var candidate in candidates.Where(candidate => candidate.Validation is { Valid: true }).OrderBy(candidate => (candidate.Ref.Cycle, candidate.Ref.Index)))
        {
            var document = SignedDocument.Create(candidate.Source, settings);
            if (earlier.Any(other => settings.Rule.IsNearDuplicate(document, other)))
            {
                repeats.Add(candidate.Ref.Id);
            }

            earlier.Add(document);
        }

        return repeats;
    }
}

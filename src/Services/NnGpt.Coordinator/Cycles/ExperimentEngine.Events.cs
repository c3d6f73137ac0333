using NnGpt.Coordinator.Store;
using NnGpt.Novelty.Structure;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Cycles;

internal sealed partial class ExperimentEngine
{
    // Events of candidates that are not known (an experiment of another data directory) or have their last outcome
    // change nothing; so does an answer that is there already.
    public Task ApplyAsync(CandidateGenerated message, CancellationToken cancellationToken) =>
        ApplyAsync(message.Candidate, row => row.With(message), cancellationToken);

    public Task ApplyAsync(CandidateValidated message, CancellationToken cancellationToken) =>
        ApplyAsync(message.Candidate, row => row.With(message), cancellationToken);

    public Task ApplyAsync(CandidateTrained message, CancellationToken cancellationToken) =>
        ApplyAsync(message.Candidate, row => row.With(message), cancellationToken);

    public Task ApplyAsync(CandidateJudged message, CancellationToken cancellationToken) =>
        ApplyAsync(message.Candidate, row => row.With(message), cancellationToken);

    /// <summary>Gives a candidate its last outcome without an answer.</summary>
    public Task GiveUpAsync(CandidateRef candidate, RejectionReason reason, string detail, CancellationToken cancellationToken) =>
        ApplyAsync(candidate, row => row.GivenUp(reason, detail), cancellationToken);

    public Task ApplyAsync(CandidateRescored message, CancellationToken cancellationToken) =>
        RescoredAsync(message.Candidate, message.Seed, message.Outcome, cancellationToken);

    public async Task RescoredAsync(CandidateRef candidate, ulong seed, TrainingOutcome outcome, CancellationToken cancellationToken)
    {
        bool taken = await store.WriteAsync(sql =>
        {
            if (!sql.TryFinishRescore(candidate.Experiment, candidate.Id, seed, outcome))
                return false;
            sql.Touch(candidate.Experiment, Now);
            return true;
        }, cancellationToken);
        if (taken)
            AfterCommit(candidate.Experiment);
    }

    /// <summary>An adapter, or with an error none: the experiment then goes on with the one it has.</summary>
    public async Task ApplyAsync(AdapterReady message, CancellationToken cancellationToken)
    {
        bool failed = message.Error.Length > 0 || message.AdapterDigest.Length == 0;
        bool taken = await store.WriteAsync(sql =>
        {
            var experiment = sql.FindExperiment(message.Experiment);
            if (experiment is not { IsActive: true, Stage: CycleStage.FineTuning } || experiment.Cycle != message.Cycle)
                return false;
            string adapter = failed ? experiment.Adapter : message.AdapterDigest;
            sql.SaveCycle(Timed(sql.ListCycles(experiment.Id)[experiment.Cycle], "fine_tuning", experiment) with
            {
                Stage = CycleStage.Closed,
                NextAdapter = adapter,
                Losses = [.. message.Losses],
            });
            sql.UpdateExperiment(Enter(experiment, CycleStage.Closed, Now) with
            {
                Adapter = adapter,
                Message = failed ? $"fine-tuning after cycle {message.Cycle} failed, the adapter stays: {message.Error}" : experiment.Message,
            });
            return true;
        }, cancellationToken);
        if (!taken)
            return;
        if (failed)
            AdapterMissing(logger, message.Experiment, message.Cycle, message.Error);
        else
            AdapterTaken(logger, message.Experiment, message.Cycle, message.AdapterDigest);
        AfterCommit(message.Experiment);
    }

    private async Task ApplyAsync(CandidateRef? candidate, Func<CandidateRow, CandidateRow?> change, CancellationToken cancellationToken)
    {
        if (candidate is null)
            return;
        var taken = await store.WriteAsync(sql =>
        {
            if (sql.FindCandidate(candidate.Id) is not { } before || change(before) is not { } after)
                return null;
            return Save(sql, after);
        }, cancellationToken);
        if (taken is null)
            return;
        if (taken.Lost != RejectionReason.Unspecified)
            GaveUp(logger, taken.Id, taken.Lost.ToString(), taken.LostDetail);
        AfterCommit(taken.Experiment);
    }

    private CandidateRow Save(SqlSession sql, CandidateRow candidate)
    {
        long now = Now;
        if (candidate.HasReachedItsEnd)
        {
            candidate = candidate with
            {
                Finished = now,
                Admitted = candidate.Lost == RejectionReason.Unspecified && candidate.Novelty is { Admitted: true }
                    ? sql.NextAdmission(candidate.Experiment)
                    : null,
            };
        }
        if (candidate.Validation is { Graph: { } graph } validation)
        {
            // The graph is large and rarely asked for: it has a table of its own.
            sql.SaveGraph(candidate.Id, graph);
            candidate = candidate with { Validation = validation.Clone() };
            candidate.Validation.Family = ArchitectureFamily.Of(graph);
            candidate.Validation.Graph = null;
        }
        sql.UpdateCandidate(candidate);
        sql.Touch(candidate.Experiment, now);
        return candidate;
    }
}

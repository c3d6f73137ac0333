using Microsoft.Extensions.Options;
using NnGpt.Coordinator.Store;
using NnGpt.Experiments.Admission;
using NnGpt.Experiments.Profiles;
using NnGpt.Experiments.Stopping;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Cycles;

/// <summary>
/// The state machine. Every transition is one transaction that holds the new state and the messages it sends; what
/// has effects outside the data base (indexing, artifacts) comes before its transaction and may be done twice.
/// Start.cs: what users ask. Events.cs: what the pipeline answers. Watchdog.cs: what did not come. DeadLetters.cs: what died.
/// </summary>
internal sealed partial class ExperimentEngine(
    CoordinatorStore store, ICorpusIndex corpusIndex, TrainingSetBuilder trainingSets, ExperimentChanges changes,
    IOptions<CoordinatorOptions> options, TimeProvider time, ILogger<ExperimentEngine> logger)
{
    /// <summary>Set when the outbox may hold something.</summary>
    public WorkSignal OutboxFilled { get; } = new();

    /// <summary>Raised after a change, with the experiment's id: it may be able to go on.</summary>
    public event Action<string>? Changed;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Ids of the experiments that are running or stopping.</summary>
    public IReadOnlyList<string> Active() =>
        store.Read(sql => sql.ListExperiments().Where(e => e.IsActive).Select(e => e.Id).ToList());

    /// <summary>Takes the experiment as far as it goes without another event. Not to be called twice at once for one experiment.</summary>
    public async Task AdvanceAsync(string id, CancellationToken cancellationToken)
    {
        while (await StepAsync(id, cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<bool> StepAsync(string id, CancellationToken cancellationToken)
    {
        var experiment = store.Read(sql => sql.FindExperiment(id));
        if (experiment is not { IsActive: true })
            return false;
        switch (experiment.Stage)
        {
            case CycleStage.Preparing:
                if (experiment.State == ExperimentState.Stopping)
                    return await CommitAsync(id, (sql, e) => Stop(sql, e), cancellationToken);
                await corpusIndex.IndexAsync(experiment, cancellationToken);
                return await CommitAsync(id, (sql, e) => e.Stage == CycleStage.Preparing && BeginCycle(sql, e, 0), cancellationToken);
            case CycleStage.Candidates:
                return await CloseCandidatesAsync(experiment, cancellationToken);
            case CycleStage.Closed:
                return await CommitAsync(id, (sql, e) =>
                    e.Stage == CycleStage.Closed && (e.State == ExperimentState.Stopping ? Stop(sql, e) : BeginCycle(sql, e, e.Cycle + 1)), cancellationToken);
            case CycleStage.Rescoring:
                return await CommitAsync(id, (sql, e) =>
                    e.Stage == CycleStage.Rescoring && sql.ListOpenRescores(id).Count == 0 && Complete(sql, e), cancellationToken);
            default:
                return false;
        }
    }

    private bool BeginCycle(SqlSession sql, ExperimentRow experiment, int number)
    {
        long now = Now;
        var cycle = new CycleRow(
            experiment.Id, number, CycleStage.Candidates, experiment.Profile.Cycles.CandidatesOf(number),
            AccuracyThreshold.Of(experiment.Profile.Admission, sql.ListAccuracies(experiment.Id)),
            experiment.Adapter, "", "", [],
            number == 0 ? new Dictionary<string, double> { ["preparing"] = Elapsed(experiment, now) } : new Dictionary<string, double>());
        sql.SaveCycle(cycle);
        for (int i = 0; i < cycle.Requested; i++)
            sql.InsertCandidate(new CandidateRow(CandidateIds.Of(experiment.Id, number, i).Id, experiment.Id, number, i, now));
        int batch = experiment.Profile.Cycles.Batch;
        for (int first = 0; first < cycle.Requested; first += batch)
            sql.SendGenerate(experiment, cycle, first, Math.Min(batch, cycle.Requested - first));
        sql.UpdateExperiment(Enter(experiment, CycleStage.Candidates, now) with { Cycle = number, Message = number == 0 ? "" : experiment.Message });
        CycleStarted(logger, experiment.Id, number, cycle.Requested, cycle.Threshold, cycle.Adapter);
        return true;
    }

    // The barrier: past it when every candidate of the cycle has its last outcome.
    private async Task<bool> CloseCandidatesAsync(ExperimentRow experiment, CancellationToken cancellationToken)
    {
        int number = experiment.Cycle;
        var (open, admitted, accuracies) = store.Read(sql =>
            (sql.ListUnfinished(experiment.Id, number).Count, sql.ListAdmitted(experiment.Id), sql.ListAccuracies(experiment.Id)));
        if (open > 0)
            return false;
        bool last = number + 1 >= experiment.Profile.Cycles.Count;
        string? trainingSet = !last && experiment.State == ExperimentState.Running && experiment.Profile.FineTuning.Follows(number)
            ? await trainingSets.BuildAsync(experiment, number, admitted, accuracies, cancellationToken)
            : null;
        return await CommitAsync(experiment.Id, (sql, e) =>
        {
            if (e.Stage != CycleStage.Candidates || e.Cycle != number)
                return false;
            // Stopped or resumed meanwhile: what was prepared may not be what is needed.
            if (e.State != experiment.State)
                return true;
            // A dead letter was put back meanwhile.
            if (sql.ListUnfinished(e.Id, number).Count > 0)
                return false;
            if (sql.ListOutcomes(e.Id, number).All(c => c.Lost != RejectionReason.Unspecified))
                return Fail(sql, e, $"no candidate of cycle {number} came back: the pipeline does not work");
            bool settled = !last && ShouldStop(sql, e);
            if (last || settled)
            {
                CloseCycle(sql, e, "candidates");
                return BeginRescoring(sql, settled ? e with { Message = $"ended after cycle {number}: the mean accuracy and the share above the threshold have settled" } : e);
            }
            if (e.State == ExperimentState.Stopping)
                return Stop(sql, e);
            if (trainingSet is null)
            {
                string note = e.Profile.FineTuning.Follows(number) ? $"cycle {number} goes on without fine-tuning: nothing was admitted yet" : e.Message;
                CloseCycle(sql, e, "candidates");
                sql.UpdateExperiment(Enter(e, CycleStage.Closed, Now) with { Message = note });
                return true;
            }
            var cycle = Timed(sql.ListCycles(e.Id)[number], "candidates", e) with { Stage = CycleStage.FineTuning, TrainingSet = trainingSet };
            sql.SaveCycle(cycle);
            sql.SendFineTune(e, cycle);
            sql.UpdateExperiment(Enter(e, CycleStage.FineTuning, Now));
            return true;
        }, cancellationToken);
    }

    private static bool ShouldStop(SqlSession sql, ExperimentRow experiment)
    {
        var closed = sql.ListCycles(experiment.Id).Select(c => CycleMetrics.Of(c, sql.ListOutcomes(experiment.Id, c.Number)));
        return StopRule.ShouldStop(experiment.Profile.Stopping, [.. closed.Select(c => new CycleResult(c.MeanAccuracy.Value, c.AboveThreshold, c.Scored))]);
    }

    private bool BeginRescoring(SqlSession sql, ExperimentRow experiment)
    {
        sql.UpdateExperiment(Enter(experiment, CycleStage.Rescoring, Now));
        foreach (var candidate in sql.ListBest(experiment.Id, experiment.Profile.Rescoring.Top, admittedOnly: true))
        {
            for (int i = 1; i <= experiment.Profile.Rescoring.Seeds; i++)
            {
                ulong seed = unchecked(experiment.Seed + (ulong)i);
                sql.InsertRescore(experiment.Id, candidate.Id, seed);
                sql.SendRescore(experiment, candidate, seed);
            }
        }
        return true;
    }

    private bool Complete(SqlSession sql, ExperimentRow experiment)
    {
        var cycle = sql.ListCycles(experiment.Id)[^1];
        sql.SaveCycle(Timed(cycle, "rescoring", experiment));
        sql.UpdateExperiment(experiment with { State = ExperimentState.Completed, Stage = CycleStage.Closed, Ended = Now, Message = experiment.State == ExperimentState.Stopping ? "" : experiment.Message });
        Ended(logger, experiment.Id, "completed", experiment.Message);
        return false;
    }

    private bool Stop(SqlSession sql, ExperimentRow experiment)
    {
        sql.UpdateExperiment(experiment with { State = ExperimentState.Stopped, Ended = Now, Message = "stopped on request" });
        Ended(logger, experiment.Id, "stopped", "");
        return false;
    }

    /// <summary>Ends an experiment that can never go on.</summary>
    public Task FailAsync(string id, string message, CancellationToken cancellationToken) => CommitAsync(id, (sql, experiment) =>
    {
        sql.UpdateExperiment(experiment with { State = ExperimentState.Failed, Ended = Now, Message = message });
        Ended(logger, id, "failed", message);
        return true;
    }, cancellationToken);

    private bool Fail(SqlSession sql, ExperimentRow experiment, string message)
    {
        CloseCycle(sql, experiment, "candidates");
        sql.UpdateExperiment(experiment with { State = ExperimentState.Failed, Ended = Now, Message = message });
        Ended(logger, experiment.Id, "failed", message);
        return false;
    }

    private void CloseCycle(SqlSession sql, ExperimentRow experiment, string stage) =>
        sql.SaveCycle(Timed(sql.ListCycles(experiment.Id)[experiment.Cycle], stage, experiment) with { Stage = CycleStage.Closed });

    private CycleRow Timed(CycleRow cycle, string stage, ExperimentRow experiment) =>
        cycle with { Seconds = new Dictionary<string, double>(cycle.Seconds) { [stage] = Elapsed(experiment, Now) } };

    private static double Elapsed(ExperimentRow experiment, long now) => Math.Max(0, now - experiment.StageSince) / 1000.0;

    private static ExperimentRow Enter(ExperimentRow experiment, CycleStage stage, long now) =>
        experiment with { Stage = stage, StageSince = now, Progress = now, Resends = 0 };

    // The work sees the state as it is inside the transaction; its answer is this method's.
    private async Task<bool> CommitAsync(string id, Func<SqlSession, ExperimentRow, bool> work, CancellationToken cancellationToken)
    {
        bool result = await store.WriteAsync(sql => sql.FindExperiment(id) is { IsActive: true } experiment && work(sql, experiment), cancellationToken);
        AfterCommit(id);
        return result;
    }

    private void AfterCommit(string id)
    {
        OutboxFilled.Set();
        changes.Notify(id);
        Changed?.Invoke(id);
    }
}

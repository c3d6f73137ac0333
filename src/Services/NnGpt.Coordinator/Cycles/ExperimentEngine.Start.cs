using System.Globalization;
using NnGpt.Coordinator.Store;
using NnGpt.Experiments.Profiles;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Cycles;

internal sealed partial class ExperimentEngine
{
    /// <param name="yaml">The profile.</param>
    /// <param name="name">Id of the experiment; empty: the profile's name and a number.</param>
    /// <param name="seed">Null: the profile's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<StartOutcome> StartAsync(string yaml, string name, ulong? seed, CancellationToken cancellationToken)
    {
        var (profile, problems) = ExperimentProfile.Parse(yaml);
        if (profile is null)
            return new StartOutcome(null, problems, false);
        if (name.Length > 40 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return new StartOutcome(null, [new ProfileProblem("name", 0, $"name is \"{name}\"; it must be 1 to 40 letters, digits, '-' or '_'")], false);
        string? id = await store.WriteAsync(sql =>
        {
            var taken = sql.ListExperiments().Select(e => e.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
            string chosen = name.Length > 0 ? name : Enumerable.Range(1, int.MaxValue)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"{profile.Name}-{i}")).First(i => !taken.Contains(i));
            if (taken.Contains(chosen))
                return null;
            long now = Now;
            sql.InsertExperiment(new ExperimentRow(
                chosen, chosen, yaml, seed ?? profile.Seed, ExperimentState.Running, CycleStage.Preparing, 0, "", "", now, null, now, now, 0));
            return chosen;
        }, cancellationToken);
        if (id is null)
            return new StartOutcome(null, [], true);
        Started(logger, id);
        AfterCommit(id);
        return new StartOutcome(id, [], false);
    }

    /// <summary>False when there is no such experiment. One that has ended stays as it is.</summary>
    public Task<bool> StopAsync(string id, CancellationToken cancellationToken) => ChangeAsync(id, (sql, e) =>
    {
        if (e.State == ExperimentState.Running)
            sql.UpdateExperiment(e with { State = ExperimentState.Stopping, Message = "stopping: what is on its way is finished" });
    }, cancellationToken);

    /// <summary>False when there is no such experiment. A completed one stays as it is; a failed one tries again from where it was.</summary>
    public Task<bool> ResumeAsync(string id, CancellationToken cancellationToken) => ChangeAsync(id, (sql, e) =>
    {
        if (e.State is ExperimentState.Stopping or ExperimentState.Stopped or ExperimentState.Failed)
        {
            // A cycle that failed as a whole is closed; the next one may fare better.
            var stage = e.State == ExperimentState.Failed && e.Stage == CycleStage.Candidates ? CycleStage.Closed : e.Stage;
            bool last = stage == CycleStage.Closed && e.Cycle + 1 >= e.Profile.Cycles.Count;
            var resumed = e with { State = ExperimentState.Running, Stage = stage, Message = "", Ended = null, Progress = Now, Resends = 0 };
            if (last)
                BeginRescoring(sql, resumed);
            else
                sql.UpdateExperiment(resumed);
        }
    }, cancellationToken);

    /// <summary>Shows users why an experiment waits; it is taken back when the experiment goes on.</summary>
    public Task ExplainAsync(string id, string message, CancellationToken cancellationToken) =>
        ChangeQuietlyAsync(id, (sql, e) => sql.UpdateExperiment(e with { Message = message }), cancellationToken);

    private async Task<bool> ChangeAsync(string id, Action<SqlSession, ExperimentRow> change, CancellationToken cancellationToken)
    {
        bool found = await ChangeQuietlyAsync(id, change, cancellationToken);
        if (found)
            AfterCommit(id);
        return found;
    }

    private async Task<bool> ChangeQuietlyAsync(string id, Action<SqlSession, ExperimentRow> change, CancellationToken cancellationToken)
    {
        bool found = await store.WriteAsync(sql =>
        {
            if (sql.FindExperiment(id) is not { } experiment)
                return false;
            change(sql, experiment);
            return true;
        }, cancellationToken);
        changes.Notify(id);
        return found;
    }
}

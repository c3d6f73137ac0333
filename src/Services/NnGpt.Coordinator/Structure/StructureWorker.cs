using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Novelty.Structure;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Structure;

/// <summary>
/// Classifies admitted candidates by their structure, in order of admission, each against the base corpus and what was admitted
/// before it. The loop does not wait for it: where the corpus is still being traced, the verdicts come later.
/// </summary>
internal sealed partial class StructureWorker(
    CoordinatorStore store, ExperimentEngine engine, ExperimentChanges changes, CorpusStructures corpus, TimeProvider time,
    ILogger<StructureWorker> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, bool> _due = new(StringComparer.Ordinal);
    private readonly WorkSignal _signal = new();
    private readonly Dictionary<string, (StructureIndex Index, int Admissions)> _indexes = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void OnChanged(string id)
        {
            _due[id] = true;
            _signal.Set();
        }
        engine.Changed += OnChanged;
        try
        {
            await Task.Yield();
            foreach (string id in store.Read(sql => sql.ListUnclassified()).Union(engine.Active()))
                OnChanged(id);
            while (true)
            {
                await _signal.WaitAsync(stoppingToken);
                foreach (string id in _due.Keys)
                {
                    if (_due.TryRemove(id, out _))
                        await TryClassifyAsync(id, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            engine.Changed -= OnChanged;
        }
    }

    /// <summary>Gives every admitted candidate of an experiment its verdict.</summary>
    internal async Task ClassifyAsync(string id, CancellationToken cancellationToken)
    {
        if (store.Read(sql => sql.FindExperiment(id)) is not { } experiment)
            return;
        var admissions = store.Read(sql => sql.ListAdmissions(id));
        if (!experiment.IsActive && admissions.TrueForAll(a => a.IsClassified))
        {
            _indexes.Remove(id);
            return;
        }
        var (index, known) = _indexes.TryGetValue(id, out var kept) ? kept : (await NewIndexAsync(experiment, cancellationToken), 0);
        foreach (var (candidate, isClassified) in admissions.Skip(known))
        {
            var graph = store.Read(sql => sql.FindGraph(candidate));
            var structure = graph is null ? null : NetworkStructure.Of(graph);
            if (!isClassified)
            {
                // Without a graph (made by an older version, or too large) there is no class, and there never will be.
                var verdict = structure is null ? new StructureVerdict() : index.Classify(structure);
                await store.WriteAsync(sql => { sql.SaveStructure(candidate, verdict); return true; }, cancellationToken);
                Classified(logger, candidate, verdict.Class, verdict.Similarity, verdict.Nearest);
            }
            if (structure is not null)
                index.Add(candidate, structure, ofCorpus: false);
            _indexes[id] = (index, ++known);
        }
        _indexes[id] = (index, known);
        if (admissions.Exists(a => !a.IsClassified))
            changes.Notify(id);
    }

    private async Task<StructureIndex> NewIndexAsync(ExperimentRow experiment, CancellationToken cancellationToken)
    {
        var index = new StructureIndex();
        foreach (var (name, structure) in await corpus.GetAsync(experiment, cancellationToken))
            index.Add(name, structure, ofCorpus: true);
        return index;
    }

    private async Task TryClassifyAsync(string id, CancellationToken stoppingToken)
    {
        try
        {
            await ClassifyAsync(id, stoppingToken);
        }
        catch (Exception e) when (e is RpcException or SqliteException && !stoppingToken.IsCancellationRequested)
        {
            Waiting(logger, id, e.Message);
            await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _due[id] = true;
            _signal.Set();
        }
    }

    [LoggerMessage(360, LogLevel.Information, "{Candidate}: {Class}, graph similarity {Similarity:F3} to {Nearest}")]
    private static partial void Classified(ILogger logger, string candidate, StructureClass @class, double similarity, string nearest);

    [LoggerMessage(361, LogLevel.Warning, "{Experiment} cannot be classified yet: {Error}")]
    private static partial void Waiting(ILogger logger, string experiment, string error);
}

using System.Collections.Concurrent;
using Grpc.Core;
using NnGpt.Novelty;
using NnGpt.Protocol.V1;
using StackExchange.Redis;

namespace NnGpt.NoveltyIndex.Judging;

/// <summary>
/// Redis holds nothing that cannot be made again: the Coordinator's record fills an index that is missing. It is read again
/// after every reconnection too, because a Redis that syncs once a second may have lost its last one.
/// </summary>
internal sealed partial class IndexRecovery : IDisposable
{
    private const int Outstanding = 64;
    private const int MaxRecent = 256;
    private const int MaxTries = 5;
    private readonly RedisNoveltyIndex _index;
    private readonly Experiments.ExperimentsClient _coordinator;
    private readonly ILogger<IndexRecovery> _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);

    // What was admitted here a moment ago: the Coordinator may not have heard of it yet.
    private readonly ConcurrentQueue<(string Experiment, IndexedDocument Document)> _recent = new();

    // Number of the reconnection after which an experiment was compared with the record.
    private readonly ConcurrentDictionary<string, int> _compared = new(StringComparer.Ordinal);
    private int _reconnections;

    public IndexRecovery(
        RedisNoveltyIndex index, Experiments.ExperimentsClient coordinator, IConnectionMultiplexer redis, ILogger<IndexRecovery> logger)
    {
        (_index, _coordinator, _logger) = (index, coordinator, logger);
        redis.ConnectionRestored += (_, _) => Interlocked.Increment(ref _reconnections);
    }

    /// <summary>Whether the index may have lost something without being empty.</summary>
    public bool IsDoubtful(string experiment) => _compared.GetValueOrDefault(experiment) != Volatile.Read(ref _reconnections);

    /// <summary>Remembers an admission until the Coordinator has surely heard of it.</summary>
    public void Remember(string experiment, IndexedDocument admitted)
    {
        _recent.Enqueue((experiment, admitted));
        while (_recent.Count > MaxRecent)
            _recent.TryDequeue(out _);
    }

    /// <summary>Returns when the index holds everything on record; a complete one that nobody doubts costs a look.</summary>
    /// <param name="experiment">Experiment.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="even">Also when the Coordinator does not know it: then what was added to it is all.</param>
    /// <param name="cancellationToken">Stops filling; another call goes on.</param>
    /// <returns>False when the Coordinator does not know the experiment, and the index is none.</returns>
    public async Task<bool> FillAsync(string experiment, NoveltySettings settings, bool even, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            for (int attempt = 0; attempt < MaxTries; attempt++)
            {
                int reconnections = Volatile.Read(ref _reconnections);
                var opening = await _index.OpenAsync(experiment, cancellationToken);
                if (opening.IsComplete && !IsDoubtful(experiment))
                    return true;
                var (known, added) = await AddAllAsync(experiment, opening.Epoch, settings, cancellationToken);
                if (!known && !even && !opening.IsComplete)
                    return false;
                if (added < 0 || !await _index.CompleteAsync(experiment, opening.Epoch, cancellationToken))
                    continue;
                _compared[experiment] = reconnections;
                Filled(_logger, experiment, opening.IsComplete ? "may have lost something" : "was not there", added);
                return true;
            }
            throw new RedisException($"The index of {experiment} was lost {MaxTries} times while it was filled.");
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    // Added is -1 when the index was lost meanwhile.
    private async Task<(bool Known, int Added)> AddAllAsync(
        string experiment, string epoch, NoveltySettings settings, CancellationToken cancellationToken)
    {
        var adding = new Queue<Task<AddOutcome>>();
        var (known, added, lost) = (true, 0, false);
        async Task AddAsync(IndexedDocument document)
        {
            adding.Enqueue(_index.AddAsync(experiment, epoch, document, settings, cancellationToken));
            if (adding.Count == Outstanding)
                Count(await adding.Dequeue());
        }
        void Count(AddOutcome outcome)
        {
            added += outcome == AddOutcome.Added ? 1 : 0;
            lost |= outcome == AddOutcome.IndexLost;
        }

        try
        {
            using var call = _coordinator.GetIndexDocuments(new GetExperimentRequest { Id = experiment }, cancellationToken: cancellationToken);
            await foreach (var document in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                await AddAsync(new IndexedDocument(
                    document.Admitted ? DocumentKind.Admitted : DocumentKind.Corpus, document.Id, document.Source, document.Cycle));
            }
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            known = false;
        }
        foreach (var (_, document) in _recent.Where(r => r.Experiment == experiment))
            await AddAsync(document);
        foreach (var outcome in await Task.WhenAll(adding))
            Count(outcome);
        return (known, lost ? -1 : added);
    }

    [LoggerMessage(400, LogLevel.Information, "The index of {Experiment} in Redis {State}: added {Added} documents of the Coordinator's record")]
    private static partial void Filled(ILogger logger, string experiment, string state, int added);
}

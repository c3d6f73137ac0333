using System.Globalization;
using NnGpt.Novelty.Redis;
using StackExchange.Redis;

namespace NnGpt.Novelty;

/// <summary>
/// The novelty index of every experiment, in Redis: signatures, shingles, LSH buckets, and the verdicts given. Any number of
/// processes share it and keep nothing of it. A call is one round trip; a candidate is judged and admitted by one atomic
/// script, so of two near-duplicates judged at once exactly one is admitted. Asked again about a candidate it repeats itself.
/// An index says nothing before it is complete: <see cref="OpenAsync"/>, <see cref="AddAsync"/> every document that it has to
/// know, <see cref="CompleteAsync"/>.
/// </summary>
/// <param name="connection">Shared connection; to a server or a cluster.</param>
/// <param name="lifetime">An index that nothing was added to for so long is dropped by Redis.</param>
/// <exception cref="RedisException">Redis cannot be reached: every method may throw it, and may be called again.</exception>
public sealed class RedisNoveltyIndex(IConnectionMultiplexer connection, TimeSpan lifetime)
{
    private readonly long _lifetime = (long)lifetime.TotalMilliseconds;

    /// <summary>The index of an experiment; begins an empty one when there is none.</summary>
    public async Task<IndexOpening> OpenAsync(string experiment, CancellationToken cancellationToken)
    {
        string epoch = Guid.NewGuid().ToString("N");
        var result = await EvaluateAsync(IndexScripts.Open, [new IndexKeys(experiment).State], [epoch, _lifetime], cancellationToken);
        return new IndexOpening((string)result[0]!, (int)result[1] == 1);
    }

    /// <summary>Adds a document without question.</summary>
    /// <param name="experiment">Experiment.</param>
    /// <param name="epoch">Of the index that was opened.</param>
    /// <param name="document">What to add.</param>
    /// <param name="settings">The experiment's settings.</param>
    /// <param name="cancellationToken">Gives up waiting; it may have been added.</param>
    public Task<AddOutcome> AddAsync(
        string experiment, string epoch, IndexedDocument document, NoveltySettings settings, CancellationToken cancellationToken) =>
        AddAsync(experiment, epoch, document, SignedDocument.Create(document.Source, settings), settings, cancellationToken);

    /// <summary>Says that every document was added; false when the index was lost meanwhile.</summary>
    public async Task<bool> CompleteAsync(string experiment, string epoch, CancellationToken cancellationToken) =>
        (int)await EvaluateAsync(IndexScripts.Complete, [new IndexKeys(experiment).State], [epoch], cancellationToken) == 1;

    /// <summary>How similar a source is to what the index holds; changes nothing. Null when the index is not complete.</summary>
    public Task<NoveltyVerdict?> QueryAsync(
        string experiment, string source, NoveltySettings settings, CancellationToken cancellationToken) =>
        JudgeAsync(experiment, "", cycle: -1, SignedDocument.Create(source, settings), mayAdmit: false, settings, cancellationToken);

    /// <summary>
    /// Judges a candidate and, when it may be admitted and is novel (or the filter is off), admits it. Idempotent by id.
    /// Null when the index is not complete.
    /// </summary>
    /// <param name="experiment">Experiment.</param>
    /// <param name="id">Candidate.</param>
    /// <param name="cycle">Its cycle, from 0.</param>
    /// <param name="source">Its Python text.</param>
    /// <param name="mayAdmit">It has reached the accuracy threshold.</param>
    /// <param name="settings">The experiment's settings.</param>
    /// <param name="cancellationToken">Gives up waiting; the verdict may have been given.</param>
    public Task<NoveltyVerdict?> AdmitIfNovelAsync(
        string experiment, string id, int cycle, string source, bool mayAdmit, NoveltySettings settings, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return JudgeAsync(experiment, id, cycle, SignedDocument.Create(source, settings), mayAdmit, settings, cancellationToken);
    }

    /// <summary>Size of an experiment's index.</summary>
    public async Task<NoveltyIndexStats> GetStatsAsync(string experiment, CancellationToken cancellationToken)
    {
        var state = await connection.GetDatabase()
            .HashGetAsync(new IndexKeys(experiment).State, ["complete", "corpus", "admitted"])
            .WaitAsync(cancellationToken);
        return new NoveltyIndexStats(state[0] == 1, (long)state[1], (long)state[2]);
    }

    internal async Task<AddOutcome> AddAsync(
        string experiment, string epoch, IndexedDocument document, SignedDocument signed, NoveltySettings settings, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(document.Id);
        var entry = IndexEntry.Create(document.Kind, document.Cycle, document.Id, signed, settings);
        var result = await EvaluateAsync(
            IndexScripts.Add,
            new IndexKeys(experiment).All,
            [
                epoch, IndexEntry.Name(document.Kind, document.Id), entry.Record, entry.Shingles, _lifetime, entry.NearBuckets.Length,
                .. entry.NearBuckets, .. entry.FarBuckets,
            ],
            cancellationToken);
        return (int)result switch { 1 => AddOutcome.Added, 0 => AddOutcome.WasThere, _ => AddOutcome.IndexLost };
    }

    internal async Task<NoveltyVerdict?> JudgeAsync(
        string experiment, string id, int cycle, SignedDocument signed, bool mayAdmit, NoveltySettings settings, CancellationToken cancellationToken)
    {
        var entry = IndexEntry.Create(DocumentKind.Admitted, cycle, id, signed, settings);
        var result = await EvaluateAsync(
            IndexScripts.Judge,
            new IndexKeys(experiment).All,
            [
                id, entry.Record, entry.Shingles, Number(settings.JaccardThreshold), Number(settings.Rule.Margin), Number(settings.RetrievalThreshold),
                settings.Filter ? 1 : 0, mayAdmit ? 1 : 0, cycle, _lifetime, entry.NearBuckets.Length, .. entry.NearBuckets, .. entry.FarBuckets,
            ],
            cancellationToken);
        return result.IsNull ? null : StoredVerdict.Read((string)result!);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        connection.GetDatabase().ScriptEvaluateAsync(script, keys, values).WaitAsync(cancellationToken);
}

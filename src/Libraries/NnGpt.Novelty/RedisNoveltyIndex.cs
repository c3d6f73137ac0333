using System.Collections.Concurrent;
using System.Globalization;
using NnGpt.Novelty.Redis;
using StackExchange.Redis;

namespace NnGpt.Novelty;

/// <summary>
/// The novelty index of every experiment, in Redis: MinHash signatures, LSH buckets, the corpus, the archive of admitted
/// candidates, and the verdicts given. Any number of processes share it; a candidate is admitted by one atomic script,
/// so of two near-duplicates judged at once exactly one is admitted. Asked again about a candidate it repeats the verdict.
/// A near-duplicate is what the LSH index retrieves, or this process's copy of the signatures holds, above tau.
/// </summary>
/// <param name="connection">Shared connection.</param>
/// <exception cref="RedisException">Redis cannot be reached: every method may throw it, and may be called again.</exception>
public sealed class RedisNoveltyIndex(IConnectionMultiplexer connection) : IDisposable
{
    private readonly ConcurrentDictionary<string, SignatureMirror> _mirrors = new(StringComparer.Ordinal);

    /// <summary>Adds a document of the corpus without question; false when the id was there already.</summary>
    public Task<bool> AddToCorpusAsync(
        string experiment, string id, string source, NoveltySettings settings, CancellationToken cancellationToken) =>
        AddAsync(experiment, DocumentName.OfCorpus(id), "corpus", source, settings, cancellationToken);

    /// <summary>Puts a candidate that was admitted earlier back into the archive; false when it was there already.</summary>
    public Task<bool> RestoreAdmittedAsync(
        string experiment, string id, string source, NoveltySettings settings, CancellationToken cancellationToken) =>
        AddAsync(experiment, DocumentName.OfAdmitted(id), "admitted", source, settings, cancellationToken);

    /// <summary>How similar a source is to what the index holds; changes nothing.</summary>
    public Task<NoveltyVerdict> QueryAsync(
        string experiment, string source, NoveltySettings settings, CancellationToken cancellationToken) =>
        JudgeAsync(experiment, "", source, mayAdmit: false, settings, cancellationToken);

    /// <summary>
    /// Judges a candidate and, when it may be admitted and is novel (or the filter is off), admits it. Idempotent by id.
    /// </summary>
    /// <param name="experiment">Experiment.</param>
    /// <param name="id">Candidate.</param>
    /// <param name="source">Its Python text.</param>
    /// <param name="mayAdmit">It has reached the accuracy threshold.</param>
    /// <param name="settings">The experiment's settings.</param>
    /// <param name="cancellationToken">Gives up waiting; the verdict may have been given.</param>
    public Task<NoveltyVerdict> AdmitIfNovelAsync(
        string experiment, string id, string source, bool mayAdmit, NoveltySettings settings, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return JudgeAsync(experiment, id, source, mayAdmit, settings, cancellationToken);
    }

    /// <summary>Size of an experiment's index.</summary>
    public async Task<NoveltyIndexStats> GetStatsAsync(string experiment, CancellationToken cancellationToken)
    {
        var (database, keys) = (connection.GetDatabase(), new IndexKeys(experiment));
        var known = database.KeyExistsAsync(keys.Epoch);
        var corpus = database.ListLengthAsync(keys.Corpus);
        var admitted = database.ListLengthAsync(keys.Admitted);
        await Task.WhenAll(known, corpus, admitted).WaitAsync(cancellationToken);
        return new NoveltyIndexStats(await known, await corpus, await admitted);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var mirror in _mirrors.Values)
            mirror.Dispose();
    }

    private static string NewEpoch() => Guid.NewGuid().ToString("N");

    private async Task<bool> AddAsync(
        string experiment, string name, string list, string source, NoveltySettings settings, CancellationToken cancellationToken)
    {
        var signature = SignedDocument.Create(source, settings).Signature;
        var result = await connection.GetDatabase().ScriptEvaluateAsync(
            IndexScripts.Add,
            new IndexKeys(experiment).ForScript(settings.Banding, signature),
            [name, signature.ToBytes(), list, NewEpoch()]).WaitAsync(cancellationToken);
        return (int)result == 1;
    }

    private async Task<NoveltyVerdict> JudgeAsync(
        string experiment, string id, string source, bool mayAdmit, NoveltySettings settings, CancellationToken cancellationToken)
    {
        var (database, keys) = (connection.GetDatabase(), new IndexKeys(experiment));
        var signature = SignedDocument.Create(source, settings).Signature;
        var mirror = _mirrors.GetOrAdd(experiment, _ => new SignatureMirror(database, keys));
        var (corpus, admitted) = await mirror.FindNearestAsync(signature, DocumentName.OfAdmitted(id), cancellationToken);
        var result = await database.ScriptEvaluateAsync(
            IndexScripts.Judge,
            keys.ForScript(settings.Banding, signature),
            [
                id, signature.ToBytes(), Number(settings.JaccardThreshold), settings.Filter ? 1 : 0, mayAdmit ? 1 : 0,
                Number(corpus.Jaccard), corpus.Name, Number(admitted.Jaccard), admitted.Name, NewEpoch(),
            ]).WaitAsync(cancellationToken);
        return StoredVerdict.Read((string)result!);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

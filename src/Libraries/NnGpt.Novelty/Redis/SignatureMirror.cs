using NnGpt.Novelty.MinHash;
using StackExchange.Redis;

namespace NnGpt.Novelty.Redis;

/// <summary>
/// This process's copy of an experiment's signatures. Documents are only ever added, so it fetches what is new; another
/// epoch empties it. It finds the nearest document even when that is too far away for the LSH index to retrieve.
/// </summary>
internal sealed class SignatureMirror(IDatabase database, IndexKeys keys) : IDisposable
{
    private const int Batch = 512;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<(string Name, MinHashSignature Signature)> _corpus = [];
    private readonly List<(string Name, MinHashSignature Signature)> _admitted = [];
    private RedisValue _epoch = RedisValue.Null;

    public async Task<(Nearest Corpus, Nearest Admitted)> FindNearestAsync(
        MinHashSignature signature, string ownName, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var epoch = await database.StringGetAsync(keys.Epoch).WaitAsync(cancellationToken);
            if (epoch != _epoch)
            {
                _corpus.Clear();
                _admitted.Clear();
                _epoch = epoch;
            }
            await FetchAsync(keys.Corpus, _corpus, cancellationToken);
            await FetchAsync(keys.Admitted, _admitted, cancellationToken);
            return (Find(_corpus, signature, ownName), Find(_admitted, signature, ownName));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static Nearest Find(List<(string Name, MinHashSignature Signature)> documents, MinHashSignature signature, string ownName)
    {
        var nearest = new Nearest(0, "");
        foreach (var (name, other) in documents)
        {
            if (name == ownName || other.Values.Length != signature.Values.Length)
                continue;
            double jaccard = signature.EstimateJaccard(other);
            if (jaccard > nearest.Jaccard || (jaccard == nearest.Jaccard && string.CompareOrdinal(name, nearest.Name) < 0))
                nearest = new Nearest(jaccard, name);
        }
        return nearest;
    }

    private async Task FetchAsync(RedisKey list, List<(string Name, MinHashSignature Signature)> documents, CancellationToken cancellationToken)
    {
        while (true)
        {
            var names = await database.ListRangeAsync(list, documents.Count, documents.Count + Batch - 1).WaitAsync(cancellationToken);
            if (names.Length == 0)
                return;
            var signatures = await database.HashGetAsync(keys.Signatures, names).WaitAsync(cancellationToken);
            foreach (var (name, bytes) in names.Zip(signatures))
                documents.Add((name!, MinHashSignature.FromBytes((byte[])bytes!)));
        }
    }

    internal readonly record struct Nearest(double Jaccard, string Name);
}

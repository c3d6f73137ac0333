using NnGpt.Novelty.MinHash;

namespace NnGpt.Novelty.Lsh;

/// <summary>
/// Near-duplicates in memory, for data sets that are read once: signatures and buckets, about 1.5 KB a document. Shingles are
/// not kept; whoever asks gives them for the few borderline candidates. Not for several threads at once.
/// </summary>
/// <param name="settings">With which all its documents are signed.</param>
public sealed class LshIndex(NoveltySettings settings)
{
    private readonly LshBanding _banding = settings.Banding;
    private readonly NearDuplicateRule _rule = settings.Rule;
    private readonly List<MinHashSignature> _signatures = [];

    // The newest document of a bucket, and for each document and band the one before it in its bucket.
    private readonly Dictionary<ulong, int> _newest = [];
    private readonly List<int> _before = [];
    private readonly HashSet<int> _seen = [];

    /// <summary>Documents.</summary>
    public int Count => _signatures.Count;

    /// <summary>Adds a document; returns its number.</summary>
    public int Add(MinHashSignature signature)
    {
        int document = _signatures.Count;
        foreach (ulong bucket in _banding.Buckets(signature))
        {
            _before.Add(_newest.GetValueOrDefault(bucket, -1));
            _newest[bucket] = document;
        }
        _signatures.Add(signature);
        return document;
    }

    /// <summary>The documents that share a bucket, each once, with the estimated similarity.</summary>
    public IEnumerable<Neighbour> Candidates(MinHashSignature signature)
    {
        _seen.Clear();
        ulong[] buckets = _banding.Buckets(signature);
        for (int band = 0; band < buckets.Length; band++)
        {
            for (int d = _newest.GetValueOrDefault(buckets[band], -1); d >= 0; d = _before[(d * _banding.Bands) + band])
            {
                if (_seen.Add(d))
                    yield return new Neighbour(d, signature.EstimateJaccard(_signatures[d]));
            }
        }
    }

    /// <summary>The most similar document above tau, or null when there is none.</summary>
    /// <param name="document">What is asked about.</param>
    /// <param name="find">A document's shingles by its number; called for borderline candidates alone.</param>
    public Neighbour? FindNearDuplicate(SignedDocument document, Func<int, Shingles.ShingleSet> find)
    {
        Neighbour? nearest = null;
        foreach (var candidate in Candidates(document.Signature))
        {
            var found = _rule.IsBorderline(candidate.Jaccard)
                ? candidate with { Jaccard = document.Shingles.Jaccard(find(candidate.Document)) }
                : candidate;
            bool nearer = found.Jaccard > (nearest?.Jaccard ?? _rule.Tau)
                || (found.Jaccard == nearest?.Jaccard && found.Document < nearest?.Document);
            if (nearer)
                nearest = found;
        }
        return nearest;
    }
}

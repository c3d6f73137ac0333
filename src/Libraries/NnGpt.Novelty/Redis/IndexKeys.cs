using System.Globalization;
using NnGpt.Novelty.Lsh;
using NnGpt.Novelty.MinHash;
using StackExchange.Redis;

namespace NnGpt.Novelty.Redis;

/// <summary>
/// Keys of an experiment's index: "nngpt:novelty:1:{experiment}:...". The number is the version of the signatures; the
/// braces keep an experiment's keys on one node of a cluster.
/// </summary>
internal sealed class IndexKeys(string experiment)
{
    private readonly string _prefix = string.Create(
        CultureInfo.InvariantCulture, $"nngpt:novelty:{MinHasher.Version}:{{{experiment}}}:");

    /// <summary>Random text written with the first document: another one means another, or an emptied, store.</summary>
    public RedisKey Epoch => _prefix + "epoch";

    /// <summary>Hash: document -> signature.</summary>
    public RedisKey Signatures => _prefix + "signatures";

    /// <summary>List of the corpus' documents, in order of arrival.</summary>
    public RedisKey Corpus => _prefix + "corpus";

    /// <summary>List of the admitted candidates, in order of admission.</summary>
    public RedisKey Admitted => _prefix + "admitted";

    /// <summary>Hash: candidate -> its verdict as JSON.</summary>
    public RedisKey Verdicts => _prefix + "verdicts";

    /// <summary>Near-duplicates since the last admission.</summary>
    public RedisKey Rejections => _prefix + "rejections";

    /// <summary>Keys of the scripts, in their order: the fixed ones, then a set a band.</summary>
    public RedisKey[] ForScript(LshBanding banding, MinHashSignature signature) =>
        [Epoch, Signatures, Corpus, Admitted, Verdicts, Rejections, .. banding.Buckets(signature).Select(b => (RedisKey)$"{_prefix}bucket:{b}")];
}

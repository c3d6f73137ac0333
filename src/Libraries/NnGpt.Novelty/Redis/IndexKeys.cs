using System.Globalization;
using NnGpt.Novelty.MinHash;
using StackExchange.Redis;

namespace NnGpt.Novelty.Redis;

/// <summary>
/// Keys of an experiment's index: "nngpt:novelty:2:{experiment}:...", a fixed number of hashes. The number is the version of
/// the signatures. The braces are Redis Cluster's hash tag: all keys of an experiment, and so of each of its documents, are in
/// one slot, where one script reads and changes them at once; experiments spread over the nodes.
/// </summary>
internal sealed class IndexKeys(string experiment)
{
    // A brace in the name would end the hash tag early.
    private readonly string _prefix = string.Create(
        CultureInfo.InvariantCulture,
        $"nngpt:novelty:{MinHasher.Version}:{{{experiment.Replace("%", "%25").Replace("{", "%7B").Replace("}", "%7D")}}}:");

    /// <summary>epoch (another one means another, or an emptied, index), complete, documents, corpus, admitted, rejections.</summary>
    public RedisKey State => _prefix + "state";

    /// <summary>In the scripts' order.</summary>
    public RedisKey[] All =>
    [
        State,
        _prefix + "documents", // number -> record
        _prefix + "names", // "c:id" of the corpus, "g:id" admitted (generated) -> number
        _prefix + "shingles", // number -> hashes of its shingles
        _prefix + "buckets", // bucket -> numbers of the documents in it
        _prefix + "verdicts", // candidate -> its verdict as JSON
    ];
}

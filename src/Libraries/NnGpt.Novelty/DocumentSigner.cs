using System.Collections.Concurrent;
using NnGpt.Novelty.MinHash;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty;

/// <summary>From Python source to its signature: tokens, shingles, MinHash.</summary>
public static class DocumentSigner
{
    private static readonly ConcurrentDictionary<int, MinHasher> s_hashers = new();

    /// <summary>Signature of a source under the settings' shingle size and permutations.</summary>
    public static MinHashSignature Sign(string source, NoveltySettings settings) =>
        s_hashers.GetOrAdd(settings.Permutations, p => new MinHasher(p))
            .Sign(ShingleSet.Create(PythonTokens.Read(source), settings.ShingleSize));

    /// <summary>Exact Jaccard similarity of two sources' shingle sets.</summary>
    public static double ExactJaccard(string a, string b, int shingleSize) => ShingleSet.Jaccard(
        ShingleSet.Create(PythonTokens.Read(a), shingleSize),
        ShingleSet.Create(PythonTokens.Read(b), shingleSize));
}

using System.Buffers;
using System.Collections.Concurrent;
using NnGpt.Novelty.MinHash;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty;

/// <summary>What is kept of a source: its shingles, and their signature.</summary>
/// <param name="Shingles">For the exact Jaccard similarity.</param>
/// <param name="Signature">For buckets and the estimate.</param>
public sealed record SignedDocument(ShingleSet Shingles, MinHashSignature Signature)
{
    private static readonly ConcurrentDictionary<int, MinHasher> s_hashers = new();

    /// <summary>Reads and signs a source; any text gives a document.</summary>
    public static SignedDocument Create(ReadOnlySpan<char> source, NoveltySettings settings)
    {
        ulong[] buffer = PythonShingles.Rent(source.Length);
        try
        {
            var shingles = PythonShingles.Read(source, settings.ShingleSize, settings.Tokens, ref buffer);
            var set = ShingleSet.Of(shingles);
            return new SignedDocument(set, Hasher(settings.Permutations).Sign(set));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(buffer);
        }
    }

    /// <summary>The shared hasher of a number of permutations.</summary>
    public static MinHasher Hasher(int permutations) => s_hashers.GetOrAdd(permutations, p => new MinHasher(p));
}

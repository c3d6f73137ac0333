using System.Collections.Concurrent;
using NnGpt.Novelty.MinHash;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty.Lsh;

/// <summary>
/// Locality-sensitive hashing: a signature is cut into bands of rows, and documents that agree in a whole band meet in a
/// bucket. A pair of similarity J is retrieved with probability 1 - (1 - J^rows)^bands.
/// </summary>
/// <param name="Bands">b.</param>
/// <param name="Rows">r; bands * rows is at most the number of permutations.</param>
public sealed record LshBanding(int Bands, int Rows)
{
    /// <summary>Share of the pairs exactly at the retrieval threshold that must be retrieved.</summary>
    public const double RecallAtThreshold = 0.98;

    // Hundreds of powers each: once for the settings of a process, not once a document.
    private static readonly ConcurrentDictionary<(double Threshold, int Permutations), LshBanding> s_forRetrieval = new();

    /// <summary>
    /// The longest bands, so the fewest false candidates, that still retrieve 98 % of the pairs at the threshold. For 0.85 and
    /// 256 permutations: 23 bands of 11 rows, which retrieve 99.98 % at J = 0.90 and 1.1 % at J = 0.50. (The usual optimum, equal
    /// areas of false positives and negatives, is 13 bands of 19, and misses 15 % of the pairs at 0.90.)
    /// </summary>
    /// <param name="threshold">Retrieval threshold, 0..1; 0.85 in the paper.</param>
    /// <param name="permutations">num_perm; 256 in the paper.</param>
    public static LshBanding ForRetrieval(double threshold, int permutations) =>
        s_forRetrieval.GetOrAdd((threshold, permutations), static key => Find(key.Threshold, key.Permutations));

    /// <summary>Probability that a pair of this similarity is retrieved.</summary>
    public double Recall(double jaccard) => 1 - Math.Pow(1 - Math.Pow(jaccard, Rows), Bands);

    /// <summary>
    /// One bucket a band: a hash of the band's number, length and values, the same on every machine. So those of all bands can
    /// be kept in one place.
    /// </summary>
    public ulong[] Buckets(MinHashSignature signature)
    {
        ulong[] buckets = new ulong[Bands];
        for (int band = 0; band < Bands; band++)
        {
            ulong h = ((ulong)Rows << 32) + (ulong)band + 1;
            foreach (uint value in signature.Values.Slice(band * Rows, Rows))
                h = TokenHashes.Mix(h ^ value) * 0x9E3779B97F4A7C15;
            buckets[band] = h;
        }
        return buckets;
    }

    private static LshBanding Find(double threshold, int permutations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(permutations);
        if (threshold is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The retrieval threshold lies between 0 and 1.");
        for (int rows = permutations; rows > 1; rows--)
        {
            var banding = new LshBanding(permutations / rows, rows);
            if (banding.Recall(threshold) >= RecallAtThreshold)
                return banding;
        }
        return new LshBanding(permutations, 1);
    }
}

using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using NnGpt.Novelty.MinHash;

namespace NnGpt.Novelty.Lsh;

/// <summary>
/// Locality-sensitive hashing: a signature is cut into bands of rows, and documents that agree in a whole band meet in a
/// bucket. A pair of similarity J is retrieved with probability 1 - (1 - J^rows)^bands.
/// </summary>
/// <param name="Bands">b.</param>
/// <param name="Rows">r; bands * rows is at most the number of permutations.</param>
public sealed record LshBanding(int Bands, int Rows)
{
    private const double Step = 0.001;
    private static readonly ConcurrentDictionary<(double Threshold, int Permutations), LshBanding> s_optima = new();

    /// <summary>
    /// The banding with the smallest sum of false positives (area under the curve left of the threshold) and false
    /// negatives (area over it on the right), equal weights: the usual optimum, as datasketch computes it.
    /// </summary>
    /// <param name="threshold">Retrieval threshold, 0..1; 0.85 in the paper.</param>
    /// <param name="permutations">num_perm; 256 in the paper.</param>
    public static LshBanding Optimal(double threshold, int permutations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(permutations);
        if (threshold is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The retrieval threshold lies between 0 and 1.");
        return s_optima.GetOrAdd((threshold, permutations), key => Search(key.Threshold, key.Permutations));
    }

    /// <summary>Probability that a pair of this similarity is retrieved.</summary>
    public double Recall(double jaccard) => 1 - Math.Pow(1 - Math.Pow(jaccard, Rows), Bands);

    /// <summary>One bucket name a band: "band:hash", the hash FNV-1a 64 over the band's bytes with SplitMix64's finaliser.</summary>
    public string[] Buckets(MinHashSignature signature)
    {
        var buckets = new string[Bands];
        for (int band = 0; band < Bands; band++)
        {
            ulong h = 0xCBF29CE484222325;
            foreach (byte b in MemoryMarshal.AsBytes(signature.Values.Slice(band * Rows, Rows)))
                h = unchecked((h ^ b) * 0x100000001B3);
            h = unchecked((h ^ (h >> 30)) * 0xBF58476D1CE4E5B9);
            h = unchecked((h ^ (h >> 27)) * 0x94D049BB133111EB);
            buckets[band] = $"{band}:{h ^ (h >> 31):x16}";
        }
        return buckets;
    }

    private static LshBanding Search(double threshold, int permutations)
    {
        var best = new LshBanding(1, 1);
        double smallest = double.MaxValue;
        for (int bands = 1; bands <= permutations; bands++)
        {
            for (int rows = 1; rows <= permutations / bands; rows++)
            {
                var banding = new LshBanding(bands, rows);
                double error = 0.5 * Integrate(banding.Recall, 0, threshold) + 0.5 * Integrate(j => 1 - banding.Recall(j), threshold, 1);
                if (error < smallest)
                    (smallest, best) = (error, banding);
            }
        }
        return best;
    }

    private static double Integrate(Func<double, double> f, double from, double to)
    {
        double area = 0;
        for (double x = from; x < to; x += Step)
            area += f(x + (0.5 * Step)) * Step;
        return area;
    }
}

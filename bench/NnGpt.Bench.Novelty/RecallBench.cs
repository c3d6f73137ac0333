using NnGpt.Novelty;
using NnGpt.Novelty.Lsh;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Bench.Novelty;

/// <summary>Pairs of random shingle sets with a known Jaccard similarity: how often they meet, how they are judged, how far the estimate is off.</summary>
internal static class RecallBench
{
    private const int Pairs = 20_000;
    private const int Shingles = 1000;

    public static void Run()
    {
        var settings = new NoveltySettings();
        var (banding, rule) = (settings.Banding, settings.Rule);
        var usual = new LshBanding(13, 19);
        var random = new Random(1);
        Console.WriteLine($"{Pairs:N0} pairs a row, about {Shingles} shingles in a union; {banding.Bands} bands of {banding.Rows} rows");
        Console.WriteLine($"| J | retrieved | expected | by {usual.Bands} x {usual.Rows} | judged near-duplicate | mean error | standard error | expected |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (double wanted in new[] { 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.88, 0.89, 0.9, 0.91, 0.92, 0.95, 0.99 })
        {
            int met = 0, metUsually = 0, judged = 0, common = (int)Math.Round(wanted * Shingles);
            double bias = 0, squares = 0, exact = 0;
            for (int pair = 0; pair < Pairs; pair++)
            {
                var (left, right) = Pair(random, common, settings);
                exact = left.Shingles.Jaccard(right.Shingles);
                double error = left.Signature.EstimateJaccard(right.Signature) - exact;
                bias += error;
                squares += error * error;
                bool retrieved = Meet(banding, left, right);
                met += retrieved ? 1 : 0;
                metUsually += Meet(usual, left, right) ? 1 : 0;
                judged += retrieved && rule.IsNearDuplicate(left, right) ? 1 : 0;
            }
            Console.WriteLine(
                $"| {wanted:0.00} | {(double)met / Pairs:0.00000} | {banding.Recall(exact):0.00000} | {(double)metUsually / Pairs:0.00000} | {(double)judged / Pairs:0.00000} | {Math.Round(bias / Pairs, 4):+0.0000;-0.0000;0.0000} | {Math.Sqrt(squares / Pairs):0.0000} | {Math.Sqrt(exact * (1 - exact) / settings.Permutations):0.0000} |");
        }
    }

    private static bool Meet(LshBanding banding, SignedDocument a, SignedDocument b) =>
        banding.Buckets(a.Signature).Zip(banding.Buckets(b.Signature)).Any(pair => pair.First == pair.Second);

    private static (SignedDocument Left, SignedDocument Right) Pair(Random random, int common, NoveltySettings settings)
    {
        ulong[] union = new ulong[Shingles];
        for (int i = 0; i < union.Length; i++)
            union[i] = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        int half = common + ((Shingles - common) / 2);
        return (Sign(union[..half]), Sign([.. union[..common], .. union[half..]]));

        SignedDocument Sign(ulong[] shingles)
        {
            var set = ShingleSet.Of(shingles);
            return new SignedDocument(set, SignedDocument.Hasher(settings.Permutations).Sign(set));
        }
    }
}

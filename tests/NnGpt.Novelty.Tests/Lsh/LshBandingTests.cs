using NnGpt.Novelty.Lsh;

namespace NnGpt.Novelty.Tests.Lsh;

public sealed class LshBandingTests
{
    // The last two are well-known results of datasketch (the second is BigCode's near-deduplication).
    [Theory]
    [InlineData(0.85, 256, 13, 19)]
    [InlineData(0.7, 256, 25, 10)]
    [InlineData(0.5, 128, 25, 5)]
    public void Optimal_Threshold_IsTheUsualBanding(double threshold, int permutations, int bands, int rows) =>
        Assert.Equal(new LshBanding(bands, rows), LshBanding.Optimal(threshold, permutations));

    [Theory]
    [InlineData(0.60, 0.0008)]
    [InlineData(0.80, 0.1720)]
    [InlineData(0.85, 0.4549)]
    [InlineData(0.90, 0.8484)]
    [InlineData(0.95, 0.9979)]
    [InlineData(1.00, 1.0000)]
    public void Recall_PaperFigures_IsThePublishedCurve(double jaccard, double recall) =>
        Assert.Equal(recall, LshBanding.Optimal(0.85, 256).Recall(jaccard), 4);

    [Fact]
    public void Buckets_PairsAboveTau_MeetAsOftenAsTheCurveSays()
    {
        const int Pairs = 400;
        var settings = new NoveltySettings();
        double expected = 0;
        int met = 0;
        for (int seed = 0; seed < Pairs; seed++)
        {
            var (a, b) = SyntheticSources.Pair(seed, 400, 1 + (seed % 2));
            double exact = DocumentSigner.ExactJaccard(a, b, settings.ShingleSize);
            Assert.True(exact >= 0.9);
            expected += settings.Banding.Recall(exact);
            var buckets = settings.Banding.Buckets(DocumentSigner.Sign(a, settings)).ToHashSet();
            met += settings.Banding.Buckets(DocumentSigner.Sign(b, settings)).Any(buckets.Contains) ? 1 : 0;
        }

        Assert.InRange((double)met / Pairs, (expected / Pairs) - 0.04, (expected / Pairs) + 0.04);
    }
}

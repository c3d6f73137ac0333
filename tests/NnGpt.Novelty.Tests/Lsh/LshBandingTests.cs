using NnGpt.Novelty.Lsh;

namespace NnGpt.Novelty.Tests.Lsh;

public sealed class LshBandingTests
{
    [Theory]
    [InlineData(0.85, 256, 23, 11)]
    [InlineData(0.85, 128, 16, 8)]
    [InlineData(0.5, 256, 64, 4)]
    [InlineData(0.01, 16, 16, 1)]
    public void ForRetrieval_Threshold_IsTheLongestBandsThatRetrieveEnough(double threshold, int permutations, int bands, int rows)
    {
        var banding = LshBanding.ForRetrieval(threshold, permutations);

        Assert.Equal(new LshBanding(bands, rows), banding);
        Assert.True(rows == 1 || banding.Recall(threshold) >= LshBanding.RecallAtThreshold);
        Assert.True(new LshBanding(permutations / (rows + 1), rows + 1).Recall(threshold) < LshBanding.RecallAtThreshold);
    }

    [Theory]
    [InlineData(0.50, 0.0112)]
    [InlineData(0.70, 0.3683)]
    [InlineData(0.80, 0.8733)]
    [InlineData(0.85, 0.9852)]
    [InlineData(0.90, 0.9998)]
    [InlineData(0.95, 1.0000)]
    public void Recall_PaperFigures_IsThePublishedCurve(double jaccard, double recall) =>
        Assert.Equal(recall, new NoveltySettings().Banding.Recall(jaccard), 4);

    [Fact]
    public void Buckets_PairsAtEveryDistance_MeetAsOftenAsTheCurveSays()
    {
        const int Pairs = 400;
        var settings = new NoveltySettings();
        foreach (int changes in new[] { 2, 4, 6, 10 })
        {
            double expected = 0;
            int met = 0;
            for (int seed = 0; seed < Pairs; seed++)
            {
                var (a, b) = SyntheticSources.Pair(seed, 400, changes);
                var (left, right) = (SignedDocument.Create(a, settings), SignedDocument.Create(b, settings));
                expected += settings.Banding.Recall(left.Shingles.Jaccard(right.Shingles));
                met += settings.Banding.Buckets(left.Signature).Intersect(settings.Banding.Buckets(right.Signature)).Any() ? 1 : 0;
            }
            Assert.InRange((met - expected) / Pairs, -0.08, 0.08);
        }
    }
}

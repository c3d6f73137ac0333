namespace NnGpt.Novelty.Tests;

public sealed class NearDuplicateRuleTests
{
    private static readonly NoveltySettings s_settings = new();

    [Theory]
    [InlineData(0.824, false)]
    [InlineData(0.826, true)]
    [InlineData(0.974, true)]
    [InlineData(0.976, false)]
    public void IsBorderline_FourStandardErrors_AreTheMargin(double estimate, bool borderline) =>
        Assert.Equal(borderline, s_settings.Rule.IsBorderline(estimate));

    [Fact]
    public void IsNearDuplicate_PairsAroundTau_DecidesByTheExactSimilarity()
    {
        int differ = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            var (a, b) = SyntheticSources.Pair(seed, 400, seed % 5);
            var (left, right) = (SignedDocument.Create(a, s_settings), SignedDocument.Create(b, s_settings));
            double exact = left.Shingles.Jaccard(right.Shingles);
            Assert.Equal(exact > 0.9, s_settings.Rule.IsNearDuplicate(left, right));
            differ += left.Signature.EstimateJaccard(right.Signature) > 0.9 == exact > 0.9 ? 0 : 1;
        }

        Assert.True(differ > 0, "no estimate was wrong: the pairs prove nothing");
    }
}

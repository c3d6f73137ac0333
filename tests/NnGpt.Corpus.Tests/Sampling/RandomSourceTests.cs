using NnGpt.Corpus.Sampling;

namespace NnGpt.Corpus.Tests.Sampling;

public sealed class RandomSourceTests
{
    [Fact]
    public void NextUInt64_SeedZero_IsXoshiroOverSplitMix()
    {
        // The first SplitMix64 outputs of seed 0 are published: e220a8397b1dcdaf, 6e789e6aa1b965f4, ...;
        // xoshiro256** begins with rotl(s1 * 5, 7) * 9.
        ulong expected = System.Numerics.BitOperations.RotateLeft(unchecked(0x6e789e6aa1b965f4UL * 5), 7);
        expected = unchecked(expected * 9);
        Assert.Equal(expected, new RandomSource(0).NextUInt64());
    }

    [Fact]
    public void Below_ManyDraws_StaysInRangeAndHitsAll()
    {
        RandomSource random = new(1);
        int[] hits = new int[7];
        for (int i = 0; i < 7000; i++)
        {
            hits[random.Below(7)]++;
        }

        Assert.All(hits, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Weighted_ZeroWeight_IsNeverDrawn()
    {
        RandomSource random = new(2);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal("b", random.Weighted(("a", 0), ("b", 3)));
        }
    }
}

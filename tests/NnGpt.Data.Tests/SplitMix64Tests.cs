namespace NnGpt.Data.Tests;

public sealed class SplitMix64Tests
{
    // The first outputs of Vigna's splitmix64.c from state 1234567.
    [Fact]
    public void Next_OfAKnownSeed_IsTheReferencesSequence()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], [random.Next(), random.Next(), random.Next()]);
    }

    [Fact]
    public void Derive_OfNeighbouringSeeds_SharesNoPart()
    {
        var seeds = from seed in Enumerable.Range(0, 100) from part in Enumerable.Range(0, 100) select SplitMix64.Derive((ulong)seed, part);

        Assert.Equal(10_000, seeds.Distinct().Count());
    }

    [Fact]
    public void Derive_OfTheSame_IsTheSame() => Assert.Equal(SplitMix64.Derive(7, 3), SplitMix64.Derive(7, 3));
}

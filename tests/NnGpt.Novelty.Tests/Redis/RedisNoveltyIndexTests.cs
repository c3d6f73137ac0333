using StackExchange.Redis;

namespace NnGpt.Novelty.Tests.Redis;

public sealed class RedisNoveltyIndexTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AdmitIfNovel_NewThenNearDuplicate_AdmitsTheFirstAlone()
    {
        var index = await TestIndex.CreateAsync(redis.Connection);
        var (original, changed) = SyntheticSources.Pair(1, 400, 1);

        var first = await index.AdmitAsync("a", original);
        var second = await index.AdmitAsync("b", changed);
        var third = await index.AdmitAsync("c", SyntheticSources.Pair(2, 400, 1).Original);

        Assert.Equal(new NoveltyVerdict(true, true, 0, "", 0, "", 0), first);
        Assert.False(second.Novel);
        Assert.False(second.Admitted);
        Assert.Equal("a", second.NearestGenerated);
        Assert.InRange(second.JGenerated, 0.9, 1);
        Assert.Equal(1, second.RejectionCount);
        Assert.True(third.Admitted);
        Assert.Equal(1, third.RejectionCount);
        Assert.Equal(new NoveltyIndexStats(true, 0, 2), await index.GetStatsAsync());
    }

    [Fact]
    public async Task AdmitIfNovel_DuplicateOfTheCorpus_NamesItAndRejects()
    {
        var (original, changed) = SyntheticSources.Pair(3, 400, 1);
        var index = await TestIndex.CreateAsync(redis.Connection, ("base-7", original));
        Assert.Equal(AddOutcome.WasThere, await index.AddAsync("base-7", original));

        var verdict = await index.AdmitAsync("a", changed);

        Assert.False(verdict.Novel);
        Assert.Equal("base-7", verdict.NearestTrain);
        Assert.Equal(0, verdict.JGenerated);
        Assert.Equal(new NoveltyIndexStats(true, 1, 0), await index.GetStatsAsync());
    }

    [Theory]
    [InlineData(6)]
    [InlineData(14)]
    public async Task AdmitIfNovel_FarFromEverything_StillNamesTheNearest(int changes)
    {
        var (original, changed) = SyntheticSources.Pair(4, 400, changes);
        var index = await TestIndex.CreateAsync(redis.Connection, ("far", original), ("farther", SyntheticSources.Pair(4, 400, 60).Changed));

        var verdict = await index.AdmitAsync("a", changed);

        Assert.True(verdict.Admitted);
        Assert.Equal("far", verdict.NearestTrain);
        var (left, right) = (SignedDocument.Create(original, TestIndex.Settings), SignedDocument.Create(changed, TestIndex.Settings));
        Assert.Equal(left.Signature.EstimateJaccard(right.Signature), verdict.JTrain, 9);
    }

    [Fact]
    public async Task AdmitIfNovel_BorderlinePairs_DecidesByTheExactSimilarity()
    {
        int duplicates = 0, wrongEstimates = 0;
        for (int seed = 100; seed < 220; seed++)
        {
            var (original, changed) = SyntheticSources.Pair(seed, 400, 1 + (seed % 3));
            var index = await TestIndex.CreateAsync(redis.Connection, ("base", original));

            var verdict = (await index.QueryAsync(changed))!;

            var (left, right) = (SignedDocument.Create(original, TestIndex.Settings), SignedDocument.Create(changed, TestIndex.Settings));
            double exact = left.Shingles.Jaccard(right.Shingles);
            double estimate = left.Signature.EstimateJaccard(right.Signature);
            Assert.Equal(exact <= 0.9, verdict.Novel);
            Assert.Equal(TestIndex.Settings.Rule.Similarity(left, right), verdict.JTrain, 9);
            duplicates += verdict.Novel ? 0 : 1;
            wrongEstimates += estimate > 0.9 == exact > 0.9 ? 0 : 1;
        }

        Assert.Equal(80, duplicates);
        Assert.True(wrongEstimates > 0, "no estimate was wrong: the pairs prove nothing");
    }

    [Fact]
    public async Task AdmitIfNovel_NextCycle_CountsWhatWasAdmittedAsCorpus()
    {
        var index = await TestIndex.CreateAsync(redis.Connection);
        var (original, changed) = SyntheticSources.Pair(11, 400, 1);
        await index.AdmitAsync("c00-1", original, cycle: 0);

        var same = await index.AdmitAsync("c00-2", changed, cycle: 0);
        var next = await index.AdmitAsync("c01-1", changed, cycle: 1);
        var asked = (await index.QueryAsync(changed))!;

        Assert.Equal(("c00-1", ""), (same.NearestGenerated, same.NearestTrain));
        Assert.Equal(("", "c00-1"), (next.NearestGenerated, next.NearestTrain));
        Assert.Equal((same.JGenerated, 0, false), (next.JTrain, next.JGenerated, next.Admitted));
        Assert.Equal("c00-1", asked.NearestGenerated);
    }

    [Fact]
    public async Task AdmitIfNovel_AskedAgain_RepeatsTheVerdict()
    {
        var index = await TestIndex.CreateAsync(redis.Connection);
        var (original, changed) = SyntheticSources.Pair(5, 400, 1);
        var admitted = await index.AdmitAsync("a", original);
        var rejected = await index.AdmitAsync("b", changed);

        Assert.Equal(admitted, await index.AdmitAsync("a", original));
        Assert.Equal(rejected, await index.AdmitAsync("b", changed));
        Assert.Equal(1, (await index.GetStatsAsync()).Admitted);
    }

    [Fact]
    public async Task AdmitIfNovel_BelowTheThresholdOrOnlyAsked_ChangesNothing()
    {
        var index = await TestIndex.CreateAsync(redis.Connection);
        string source = SyntheticSources.Pair(6, 400, 1).Original;

        var queried = await index.QueryAsync(source);
        var below = await index.AdmitAsync("a", source, mayAdmit: false);
        var other = await index.AdmitAsync("b", source);

        Assert.True(queried!.Novel);
        Assert.True(below.Novel);
        Assert.False(below.Admitted);
        Assert.True(other.Admitted);
        Assert.Equal(0, other.RejectionCount);
    }

    [Fact]
    public async Task AdmitIfNovel_FilterOff_AdmitsDuplicatesAndSaysSo()
    {
        var index = await TestIndex.CreateAsync(redis.Connection);
        var settings = TestIndex.Settings with { Filter = false };
        string source = SyntheticSources.Pair(7, 400, 1).Original;

        for (int i = 0; i < 40; i++)
        {
            var verdict = await index.AdmitAsync($"a{i:00}", source, settings: settings);
            Assert.Equal((i == 0, true), (verdict.Novel, verdict.Admitted));
            Assert.Equal(i == 0 ? 0 : 1, verdict.JGenerated);
        }
    }

    [Fact]
    public async Task AdmitIfNovel_AfterScriptFlush_StillWorks()
    {
        var index = await TestIndex.CreateAsync(redis.Connection);
        string source = SyntheticSources.Pair(9, 400, 1).Original;
        await index.AdmitAsync("a", source);
        await redis.Connection.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");

        Assert.Equal("a", (await index.AdmitAsync("b", source)).NearestGenerated);
    }

    [Fact]
    public async Task Index_EmptiedWhileItIsFilled_IsNotComplete()
    {
        var index = new TestIndex(redis.Connection, $"test-{Guid.NewGuid():N}");
        var first = await index.OpenAsync();
        Assert.Equal(AddOutcome.Added, await index.AddAsync("a", "x = 1"));
        await EmptyAsync(index);
        var other = new TestIndex(redis.Connection, index.Experiment);
        Assert.NotEqual(first.Epoch, (await other.OpenAsync()).Epoch);

        Assert.Equal(AddOutcome.IndexLost, await index.AddAsync("b", "x = 2"));
        Assert.False(await index.CompleteAsync());
        Assert.Null(await index.QueryAsync("x = 1"));
        Assert.True(await other.CompleteAsync());
        Assert.NotNull(await index.QueryAsync("x = 1"));
    }

    [Fact]
    public async Task Index_EmptiedAndFilledAgain_DecidesAsBefore()
    {
        var index = await TestIndex.CreateAsync(redis.Connection, ("base", SyntheticSources.Pair(20, 400, 1).Original));
        var (original, changed) = SyntheticSources.Pair(10, 400, 1);
        await index.AdmitAsync("a", original);
        await EmptyAsync(index);
        Assert.Null(await index.QueryAsync(changed));
        Assert.False((await index.GetStatsAsync()).IsComplete);

        await index.OpenAsync();
        await index.AddAsync("base", SyntheticSources.Pair(20, 400, 1).Original);
        await index.AddAsync("a", original, DocumentKind.Admitted);
        Assert.True(await index.CompleteAsync());
        var again = await index.AdmitAsync("a", original);
        var duplicate = await index.AdmitAsync("b", changed);
        var copy = await index.AdmitAsync("c", SyntheticSources.Pair(20, 400, 1).Changed);

        Assert.True(again.Admitted);
        Assert.Equal(("a", false), (duplicate.NearestGenerated, duplicate.Admitted));
        Assert.Equal(("base", false), (copy.NearestTrain, copy.Admitted));
        Assert.Equal(new NoveltyIndexStats(true, 1, 1), await index.GetStatsAsync());
    }

    [Fact]
    public async Task Index_EveryKey_ExpiresAndIsOnOneSlot()
    {
        var index = await TestIndex.CreateAsync(redis.Connection, ("base", "x = 1"));
        await index.AdmitAsync("a", "y = 2");

        var database = redis.Connection.GetDatabase();
        var keys = redis.Connection.GetServers()[0].Keys(pattern: $"*{index.Experiment}*").ToList();

        Assert.Equal(6, keys.Count);
        Assert.All(keys, key => Assert.Contains($"{{{index.Experiment}}}", (string)key!));
        foreach (var key in keys)
            Assert.InRange((await database.KeyTimeToLiveAsync(key))!.Value.TotalMinutes, 50, 60);
    }

    private async Task EmptyAsync(TestIndex index)
    {
        foreach (var key in redis.Connection.GetServers()[0].Keys(pattern: $"*{index.Experiment}*"))
            await redis.Connection.GetDatabase().KeyDeleteAsync(key);
    }
}

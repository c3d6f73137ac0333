using StackExchange.Redis;

namespace NnGpt.Novelty.Tests.Redis;

public sealed class RedisNoveltyIndexTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly NoveltySettings s_settings = new();
    private readonly string _experiment = $"test-{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AdmitIfNovel_NewThenNearDuplicate_AdmitsTheFirstAlone()
    {
        using var index = new RedisNoveltyIndex(redis.Connection);
        var (original, changed) = SyntheticSources.Pair(1, 400, 1);

        var first = await index.AdmitIfNovelAsync(_experiment, "a", original, true, s_settings, Token);
        var second = await index.AdmitIfNovelAsync(_experiment, "b", changed, true, s_settings, Token);
        var third = await index.AdmitIfNovelAsync(_experiment, "c", SyntheticSources.Pair(2, 400, 1).Original, true, s_settings, Token);

        Assert.Equal(new NoveltyVerdict(true, true, 0, "", 0, "", 0), first);
        Assert.False(second.Novel);
        Assert.False(second.Admitted);
        Assert.Equal("a", second.NearestGenerated);
        Assert.InRange(second.JGenerated, 0.9, 1);
        Assert.Equal(1, second.RejectionCount);
        Assert.True(third.Admitted);
        Assert.Equal(1, third.RejectionCount);
        Assert.Equal(new NoveltyIndexStats(true, 0, 2), await index.GetStatsAsync(_experiment, Token));
    }

    [Fact]
    public async Task AdmitIfNovel_DuplicateOfTheCorpus_NamesItAndRejects()
    {
        using var index = new RedisNoveltyIndex(redis.Connection);
        var (original, changed) = SyntheticSources.Pair(3, 400, 1);
        Assert.True(await index.AddToCorpusAsync(_experiment, "base-7", original, s_settings, Token));
        Assert.False(await index.AddToCorpusAsync(_experiment, "base-7", original, s_settings, Token));

        var verdict = await index.AdmitIfNovelAsync(_experiment, "a", changed, true, s_settings, Token);

        Assert.False(verdict.Novel);
        Assert.Equal("base-7", verdict.NearestTrain);
        Assert.Equal(0, verdict.JGenerated);
        Assert.Equal(new NoveltyIndexStats(true, 1, 0), await index.GetStatsAsync(_experiment, Token));
    }

    [Fact]
    public async Task AdmitIfNovel_FarFromEverything_StillNamesTheNearest()
    {
        using var index = new RedisNoveltyIndex(redis.Connection);
        var (original, changed) = SyntheticSources.Pair(4, 400, 14);
        double exact = SignedDocument.Create(original, s_settings).Shingles.Jaccard(SignedDocument.Create(changed, s_settings).Shingles);
        await index.AddToCorpusAsync(_experiment, "far", original, s_settings, Token);

        var verdict = await index.AdmitIfNovelAsync(_experiment, "a", changed, true, s_settings, Token);

        Assert.True(verdict.Admitted);
        Assert.Equal("far", verdict.NearestTrain);
        Assert.InRange(verdict.JTrain, exact - 0.12, exact + 0.12);
    }

    [Fact]
    public async Task AdmitIfNovel_AskedAgain_RepeatsTheVerdict()
    {
        using var index = new RedisNoveltyIndex(redis.Connection);
        var (original, changed) = SyntheticSources.Pair(5, 400, 1);
        var admitted = await index.AdmitIfNovelAsync(_experiment, "a", original, true, s_settings, Token);
        var rejected = await index.AdmitIfNovelAsync(_experiment, "b", changed, true, s_settings, Token);

        Assert.Equal(admitted, await index.AdmitIfNovelAsync(_experiment, "a", original, true, s_settings, Token));
        Assert.Equal(rejected, await index.AdmitIfNovelAsync(_experiment, "b", changed, true, s_settings, Token));
        Assert.Equal(1, (await index.GetStatsAsync(_experiment, Token)).Admitted);
    }

    [Fact]
    public async Task AdmitIfNovel_BelowTheThresholdOrOnlyAsked_ChangesNothing()
    {
        using var index = new RedisNoveltyIndex(redis.Connection);
        string source = SyntheticSources.Pair(6, 400, 1).Original;

        var queried = await index.QueryAsync(_experiment, source, s_settings, Token);
        var below = await index.AdmitIfNovelAsync(_experiment, "a", source, false, s_settings, Token);
        var other = await index.AdmitIfNovelAsync(_experiment, "b", source, true, s_settings, Token);

        Assert.True(queried.Novel);
        Assert.True(below.Novel);
        Assert.False(below.Admitted);
        Assert.True(other.Admitted);
        Assert.Equal(0, other.RejectionCount);
    }

    [Fact]
    public async Task AdmitIfNovel_FilterOff_AdmitsDuplicatesAndSaysSo()
    {
        using var index = new RedisNoveltyIndex(redis.Connection);
        var settings = s_settings with { Filter = false };
        string source = SyntheticSources.Pair(7, 400, 1).Original;
        await index.AdmitIfNovelAsync(_experiment, "a", source, true, settings, Token);

        var verdict = await index.AdmitIfNovelAsync(_experiment, "b", source, true, settings, Token);

        Assert.False(verdict.Novel);
        Assert.True(verdict.Admitted);
        Assert.Equal(1, verdict.JGenerated);
    }

    [Fact]
    public async Task AdmitIfNovel_32CallersWithTheSameDesign_AdmitsExactlyOne()
    {
        const int Callers = 32;
        var original = SyntheticSources.Pair(8, 400, 1).Original;
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RedisNoveltyIndex[] replicas = [new(redis.Connection), new(redis.Connection)];
        var calls = Enumerable.Range(0, Callers).Select(async i =>
        {
            await start.Task;
            // Each differs by comments and layout alone.
            return await replicas[i % 2].AdmitIfNovelAsync(
                _experiment, $"caller-{i:00}", $"# {i}\n{original}{new string('\n', i)}", true, s_settings, Token);
        }).ToArray();

        start.SetResult();
        var verdicts = await Task.WhenAll(calls);

        Assert.Single(verdicts, v => v.Admitted);
        string winner = $"caller-{Array.FindIndex(verdicts, v => v.Admitted):00}";
        Assert.All(verdicts.Where(v => !v.Admitted), v => Assert.Equal(winner, v.NearestGenerated));
        Assert.Equal(Enumerable.Range(1, Callers - 1), verdicts.Where(v => !v.Admitted).Select(v => v.RejectionCount).Order());
        Assert.Equal(1, (await replicas[0].GetStatsAsync(_experiment, Token)).Admitted);
        foreach (var replica in replicas)
            replica.Dispose();
    }

    [Fact]
    public async Task AdmitIfNovel_PairsAtJ90_RejectsEveryOneEstimatedAboveTau()
    {
        const int Pairs = 200;
        using var index = new RedisNoveltyIndex(redis.Connection);
        int missed = 0, above = 0;
        for (int seed = 100; seed < 100 + Pairs; seed++)
        {
            var (original, changed) = SyntheticSources.Pair(seed, 400, 2);
            double exact = SignedDocument.Create(original, s_settings).Shingles.Jaccard(SignedDocument.Create(changed, s_settings).Shingles);
            Assert.InRange(exact, 0.9, 0.92);
            double estimate = SignedDocument.Create(original, s_settings).Signature.EstimateJaccard(SignedDocument.Create(changed, s_settings).Signature);
            await index.AddToCorpusAsync(_experiment, $"base-{seed}", original, s_settings, Token);

            var verdict = await index.QueryAsync(_experiment, changed, s_settings, Token);

            Assert.Equal(estimate, verdict.JTrain);
            above += estimate > s_settings.JaccardThreshold ? 1 : 0;
            missed += estimate > s_settings.JaccardThreshold && verdict.Novel ? 1 : 0;
        }

        Assert.InRange(above, Pairs / 3, Pairs);
        Assert.Equal(0, missed);
    }

    [Fact]
    public async Task AdmitIfNovel_AfterScriptFlush_StillWorks()
    {
        using var index = new RedisNoveltyIndex(redis.Connection);
        string source = SyntheticSources.Pair(9, 400, 1).Original;
        await index.AdmitIfNovelAsync(_experiment, "a", source, true, s_settings, Token);
        await redis.Connection.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");

        var verdict = await index.AdmitIfNovelAsync(_experiment, "b", source, true, s_settings, Token);

        Assert.Equal("a", verdict.NearestGenerated);
    }

    [Fact]
    public async Task RestoreAdmitted_AfterTheStoreWasEmptied_MakesItsDuplicatesKnownAgain()
    {
        using var index = new RedisNoveltyIndex(redis.Connection);
        var (original, changed) = SyntheticSources.Pair(10, 400, 1);
        await index.AdmitIfNovelAsync(_experiment, "a", original, true, s_settings, Token);
        foreach (var key in redis.Connection.GetServers()[0].Keys(pattern: $"*{_experiment}*"))
            await redis.Connection.GetDatabase().KeyDeleteAsync(key);
        Assert.False((await index.GetStatsAsync(_experiment, Token)).Known);

        Assert.True(await index.RestoreAdmittedAsync(_experiment, "a", original, s_settings, Token));
        var again = await index.AdmitIfNovelAsync(_experiment, "a", original, true, s_settings, Token);
        var duplicate = await index.AdmitIfNovelAsync(_experiment, "b", changed, true, s_settings, Token);

        Assert.True(again.Admitted);
        Assert.Equal("a", duplicate.NearestGenerated);
        Assert.False(duplicate.Admitted);
        Assert.Equal(1, (await index.GetStatsAsync(_experiment, Token)).Admitted);
    }
}

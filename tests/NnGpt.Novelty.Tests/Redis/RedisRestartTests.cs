using StackExchange.Redis;

namespace NnGpt.Novelty.Tests.Redis;

public sealed class RedisRestartTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_KilledAndRestarted_HasKeptEverything()
    {
        const int Documents = 50;
        var index = await TestIndex.CreateAsync(redis.Connection);
        for (int i = 0; i < Documents; i++)
            await index.AdmitAsync($"c{i}", SyntheticSources.Pair(i, 300, 1).Original);

        await redis.Server.KillAsync();
        await Assert.ThrowsAnyAsync<RedisException>(index.GetStatsAsync);
        await redis.Server.RestartAsync(Token);

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        var fresh = new TestIndex(connection, index.Experiment);
        Assert.Equal(new NoveltyIndexStats(true, 0, Documents), await fresh.GetStatsAsync());
        for (int i = 0; i < Documents; i++)
        {
            var verdict = await fresh.AdmitAsync($"d{i}", SyntheticSources.Pair(i, 300, 1).Changed);
            Assert.Equal($"c{i}", verdict.NearestGenerated);
            Assert.False(verdict.Admitted);
        }
    }
}

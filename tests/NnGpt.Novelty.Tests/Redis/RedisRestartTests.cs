using StackExchange.Redis;

namespace NnGpt.Novelty.Tests.Redis;

public sealed class RedisRestartTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_KilledAndRestarted_HasKeptEverything()
    {
        const int Documents = 50;
        var settings = new NoveltySettings();
        using var index = new RedisNoveltyIndex(redis.Connection);
        for (int i = 0; i < Documents; i++)
            await index.AdmitIfNovelAsync("restart", $"c{i}", SyntheticSources.Pair(i, 300, 1).Original, true, settings, Token);

        await redis.Server.KillAsync();
        await Assert.ThrowsAnyAsync<RedisException>(() => index.GetStatsAsync("restart", Token));
        await redis.Server.RestartAsync(Token);

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        using var fresh = new RedisNoveltyIndex(connection);
        Assert.Equal(new NoveltyIndexStats(true, 0, Documents), await fresh.GetStatsAsync("restart", Token));
        for (int i = 0; i < Documents; i++)
        {
            var verdict = await fresh.AdmitIfNovelAsync("restart", $"d{i}", SyntheticSources.Pair(i, 300, 1).Changed, true, settings, Token);
            Assert.Equal($"c{i}", verdict.NearestGenerated);
            Assert.False(verdict.Admitted);
        }
    }
}

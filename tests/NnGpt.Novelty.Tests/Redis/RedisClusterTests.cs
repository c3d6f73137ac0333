using NnGpt.Testing.Infrastructure;
using StackExchange.Redis;

namespace NnGpt.Novelty.Tests.Redis;

public sealed class RedisClusterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A node in cluster mode refuses a script whose keys are in several slots, however many nodes there are.
    [Fact]
    public async Task Index_OnRedisCluster_CrossesNoSlot()
    {
        Assert.SkipUnless(RedisServer.Unavailable is null, RedisServer.Unavailable ?? "");
        await using var server = await RedisServer.StartClusterAsync(Token);
        await FormAsync(server.ConnectionString);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        Assert.Equal(ServerType.Cluster, connection.GetServers()[0].ServerType);

        string[] experiments = [.. Enumerable.Range(0, 20).Select(i => $"experiment-{i}"), "}x{", "{}", "a:b", "100%"];
        foreach (string experiment in experiments)
        {
            var (original, changed) = SyntheticSources.Pair(experiment.Length, 300, 1);
            var index = new TestIndex(connection, experiment);
            Assert.False((await index.OpenAsync()).IsComplete);
            Assert.Equal(AddOutcome.Added, await index.AddAsync("base", SyntheticSources.Pair(100, 300, 1).Original));
            Assert.True(await index.CompleteAsync());
            Assert.True((await index.AdmitAsync("a", original)).Admitted);
            Assert.Equal("a", (await index.AdmitAsync("b", changed)).NearestGenerated);
            Assert.Equal(new NoveltyIndexStats(true, 1, 1), await index.GetStatsAsync());
        }

        int[] slots = [.. experiments.Select(e => connection.GetHashSlot(new Novelty.Redis.IndexKeys(e).State)).Distinct()];
        Assert.True(slots.Length > 10 && slots.Min() >= 0, "experiments must spread over the slots");
        var refused = await Assert.ThrowsAsync<RedisServerException>(
            () => connection.GetServers()[0].ExecuteAsync("MGET", "nngpt:{a}:x", "nngpt:{b}:x"));
        Assert.Contains("CROSSSLOT", refused.Message);
    }

    private static async Task FormAsync(string node)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{node},allowAdmin=true");
        var server = connection.GetServers()[0];
        await server.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        for (int attempt = 0; ; attempt++)
        {
            string info = (string)(await server.ExecuteAsync("CLUSTER", "INFO"))!;
            if (info.Contains("cluster_state:ok"))
                return;
            Assert.True(attempt < 600, $"the cluster is not ready within a minute:\n{info}");
            await Task.Delay(100, Token);
        }
    }
}

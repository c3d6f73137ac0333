using System.Collections.Concurrent;
using StackExchange.Redis;

namespace NnGpt.Novelty.Tests.Redis;

public sealed class ConcurrentAdmissionTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const int Callers = 32;

    [Fact]
    public async Task AdmitIfNovel_TheSameDesignAtOnce_AdmitsExactlyOne()
    {
        var original = SyntheticSources.Pair(8, 400, 1).Original;
        var index = await TestIndex.CreateAsync(redis.Connection);
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, Callers).Select(async i =>
        {
            await start.Task;
            // Each differs by comments and layout alone.
            return await index.AdmitAsync($"caller-{i:00}", $"# {i}\n{original}{new string('\n', i)}");
        }).ToArray();

        start.SetResult();
        var verdicts = await Task.WhenAll(calls);

        Assert.Single(verdicts, v => v.Admitted);
        string winner = $"caller-{Array.FindIndex(verdicts, v => v.Admitted):00}";
        Assert.All(verdicts.Where(v => !v.Admitted), v => Assert.Equal(winner, v.NearestGenerated));
        Assert.Equal(Enumerable.Range(1, Callers - 1), verdicts.Where(v => !v.Admitted).Select(v => v.RejectionCount).Order());
    }

    [Fact]
    public async Task AdmitIfNovel_TenThousandDocumentsInClusters_AdmitsExactlyOneOfEach()
    {
        const int Clusters = 2500, Members = 4;
        var index = await TestIndex.CreateAsync(redis.Connection);
        TestIndex[] replicas = [index, new TestIndex(redis.Connection, index.Experiment)];
        var documents = Enumerable.Range(0, Clusters * Members).ToArray();
        new Random(1).Shuffle(documents);
        var queue = new ConcurrentQueue<int>(documents);
        var admitted = new ConcurrentBag<int>();
        var rejected = new ConcurrentBag<(int Cluster, string Nearest)>();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            while (queue.TryDequeue(out int document))
            {
                int cluster = document / Members;
                string source = SyntheticSources.Member(cluster, document % Members, tokens: 400);
                var verdict = await replicas[caller % 2].AdmitAsync($"{cluster}/{document % Members}", source);
                if (verdict.Admitted)
                    admitted.Add(cluster);
                else
                    rejected.Add((cluster, verdict.NearestGenerated));
            }
        })));

        Assert.Equal(Enumerable.Range(0, Clusters), admitted.Order());
        Assert.All(rejected, r => Assert.StartsWith($"{r.Cluster}/", r.Nearest));
        Assert.Equal(new NoveltyIndexStats(true, 0, Clusters), await index.GetStatsAsync());
    }
}

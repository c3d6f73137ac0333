using Grpc.Core;
using NnGpt.Protocol.V1;

namespace NnGpt.NoveltyIndex.Tests;

public sealed class JudgingTests(NoveltySystem system) : IClassFixture<NoveltySystem>
{
    private string _experiment = $"e-{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trained_CorpusDuplicateAndNovelOnes_AreJudgedOnTheBus()
    {
        Assert.SkipUnless(NoveltySystem.Unavailable is null, NoveltySystem.Unavailable ?? "");
        var stats = await IndexAsync(("base-0", Source(0)), ("base-1", Source(1)));
        Assert.Equal(2, stats.Corpus);
        Assert.Equal(2, (await IndexAsync(("base-0", Source(0)), ("base-1", Source(1)))).Corpus);

        await PublishAsync("copy", "# a copy\n" + Source(1), accuracy: 0.9);
        await PublishAsync("new", Source(2), accuracy: 0.9);
        await PublishAsync("weak", Source(3), accuracy: 0.3);
        var judged = await ReadAsync(3);

        Assert.Equal("base-1", judged["copy"].NearestTrain);
        Assert.Equal(1, judged["copy"].JTrain);
        Assert.False(judged["copy"].Novel);
        Assert.True(judged["copy"].AboveThreshold);
        Assert.False(judged["copy"].Admitted);
        Assert.True(judged["new"].Admitted);
        Assert.True(judged["weak"].Novel);
        Assert.False(judged["weak"].AboveThreshold);
        Assert.False(judged["weak"].Admitted);
        Assert.Equal(1, (await system.Client.GetStatsAsync(new IndexStatsRequest { Experiment = _experiment }, cancellationToken: Token)).Admitted);
    }

    [Fact]
    public async Task Trained_RedisAwayMeanwhile_IsJudgedWhenItIsBack()
    {
        Assert.SkipUnless(NoveltySystem.Unavailable is null, NoveltySystem.Unavailable ?? "");
        await IndexAsync(("base-0", Source(0)));
        await system.Redis.KillAsync();

        for (int i = 0; i < 10; i++)
            await PublishAsync($"away-{i}", Source(10 + (i / 2)), accuracy: 0.9);
        await Assert.ThrowsAsync<RpcException>(async () => await system.Client.GetStatsAsync(
            new IndexStatsRequest { Experiment = _experiment }, deadline: DateTime.UtcNow.AddSeconds(5), cancellationToken: Token));
        await system.Redis.RestartAsync(Token);

        var judged = await ReadAsync(10);
        Assert.Equal(5, judged.Values.Count(v => v.Admitted));
    }

    [Fact]
    public async Task Trained_RedisKilledUnderLoad_JudgesAllAndAdmitsOneOfEachCluster()
    {
        Assert.SkipUnless(NoveltySystem.Unavailable is null, NoveltySystem.Unavailable ?? "");
        const int Clusters = 60, Members = 4;
        await IndexAsync(("base-0", Source(0)));
        int[] order = [.. Enumerable.Range(0, Clusters * Members)];
        new Random(1).Shuffle(order);
        var publishing = Task.Run(async () =>
        {
            foreach (int i in order)
                await PublishAsync($"{i / Members}/{i % Members}", $"# member {i % Members}\n{Source(100 + (i / Members))}", accuracy: 0.9);
        }, Token);

        // Dead while some are judged, some wait and some are not yet sent; then once more.
        var judged = await ReadAsync(20);
        for (int wanted = 60; wanted <= 100; wanted += 40)
        {
            await system.Redis.KillAsync();
            await system.Redis.RestartAsync(Token);
            while (judged.Count < wanted)
                await ReadMoreAsync(judged);
        }
        await publishing;
        while (judged.Count < order.Length)
            await ReadMoreAsync(judged);

        var clusters = judged.GroupBy(v => v.Key.Split('/')[0]).ToList();
        Assert.Equal(Clusters, clusters.Count);
        Assert.All(clusters, cluster => Assert.Single(cluster, v => v.Value.Admitted));
        Assert.Equal(Clusters, (await system.Client.GetStatsAsync(new IndexStatsRequest { Experiment = _experiment }, cancellationToken: Token)).Admitted);
    }

    [Fact]
    public async Task Trained_RedisEmptiedInTheMiddle_DecidesAsItWouldHave()
    {
        Assert.SkipUnless(NoveltySystem.Unavailable is null, NoveltySystem.Unavailable ?? "");
        string emptied = _experiment, kept = _experiment + "-kept";
        var outcomes = new Dictionary<string, Dictionary<string, NoveltyOutcome>>();
        foreach (string experiment in new[] { kept, emptied })
        {
            _experiment = experiment;
            system.Record[experiment] = [.. Enumerable.Range(0, 5).Select(i => Document($"base-{i}", Source(i)))];
            await IndexAsync([.. Enumerable.Range(0, 5).Select(i => ($"base-{i}", Source(i)))]);
            await PublishAsync("first", Source(20), accuracy: 0.9);
            await PublishAsync("second", Source(21), accuracy: 0.9);
            var before = await ReadAsync(2);
            Assert.All(before.Values, v => Assert.True(v.Admitted));

            // The Coordinator has heard of the first admission alone when Redis loses everything.
            system.Record[experiment] = [.. system.Record[experiment], Document("first", Source(20), admitted: true)];
            if (experiment == emptied)
                await system.EmptyRedisAsync();
            await PublishAsync("first-again", Source(20), accuracy: 0.9);
            await PublishAsync("second-again", "# renamed\n" + Source(21), accuracy: 0.9);
            await PublishAsync("corpus-again", Source(3), accuracy: 0.9);
            await PublishAsync("other", Source(22), accuracy: 0.9, cycle: 1);
            outcomes[experiment] = await ReadAsync(4);
        }

        foreach (var (id, expected) in outcomes[kept])
        {
            var actual = outcomes[emptied][id];
            Assert.Equal(
                (expected.Novel, expected.Admitted, expected.JTrain, expected.NearestTrain, expected.JGenerated, expected.NearestGenerated),
                (actual.Novel, actual.Admitted, actual.JTrain, actual.NearestTrain, actual.JGenerated, actual.NearestGenerated));
        }
        Assert.Equal(["first", "second", "", ""], new[] { "first-again", "second-again", "corpus-again", "other" }.Select(id => outcomes[emptied][id].NearestGenerated));
        Assert.Equal("base-3", outcomes[emptied]["corpus-again"].NearestTrain);
        Assert.True(outcomes[emptied]["other"].Admitted);
        Assert.Equal(8, (await system.Client.GetStatsAsync(new IndexStatsRequest { Experiment = emptied }, cancellationToken: Token)) is { } s ? s.Corpus + s.Admitted : 0);
    }

    [Fact]
    public async Task Trained_RedisLostItsLastWrites_KnowsThemAgainAfterTheReconnection()
    {
        Assert.SkipUnless(NoveltySystem.Unavailable is null, NoveltySystem.Unavailable ?? "");
        system.Record[_experiment] = [Document("base-0", Source(0))];
        await IndexAsync(("base-0", Source(0)));
        // Admitted once, but no longer in a Redis that comes back with an older file.
        system.Record[_experiment] = [.. system.Record[_experiment], Document("lost", Source(23), admitted: true)];
        await system.Redis.KillAsync();
        await system.Redis.RestartAsync(Token);

        await PublishAsync("copy", Source(23), accuracy: 0.9);

        Assert.Equal("lost", (await ReadAsync(1))["copy"].NearestGenerated);
    }

    [Fact]
    public async Task Query_ExperimentThatNobodyKnows_IsNotFoundAndBeginsNone()
    {
        Assert.SkipUnless(NoveltySystem.Unavailable is null, NoveltySystem.Unavailable ?? "");
        for (int i = 0; i < 2; i++)
        {
            var failure = await Assert.ThrowsAsync<RpcException>(
                async () => await system.Client.QueryAsync(new QueryRequest { Experiment = _experiment, Source = "x" }, cancellationToken: Token));
            Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        }

        system.Record[_experiment] = [Document("base-0", Source(0))];
        var outcome = await system.Client.QueryAsync(new QueryRequest { Experiment = _experiment, Source = Source(0) }, cancellationToken: Token);
        Assert.Equal(("base-0", false), (outcome.NearestTrain, outcome.Novel));
    }

    [Theory]
    [InlineData(0, 0, 1.5, 0)]
    [InlineData(0, 0, 0, 2.0)]
    [InlineData(5, 0, 0, 0)]
    [InlineData(0, -1, 0, 0)]
    public async Task Query_SettingOutOfRange_IsInvalidArgument(int permutations, int shingleSize, double jaccard, double retrieval)
    {
        Assert.SkipUnless(NoveltySystem.Unavailable is null, NoveltySystem.Unavailable ?? "");
        var request = new QueryRequest
        {
            Experiment = _experiment,
            Source = "x",
            Admission = new AdmissionSettings { Permutations = permutations, ShingleSize = shingleSize, JaccardThreshold = jaccard, RetrievalThreshold = retrieval },
        };

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await system.Client.QueryAsync(request, cancellationToken: Token));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
    }

    private static string Source(int seed) =>
        string.Join('\n', Enumerable.Range(0, 40).Select(i => $"self.layer{i} = nn.Conv2d({seed * 7}, {i + seed}, kernel_size={(i * seed) % 5})"));

    private static AdmissionSettings Admission() => new() { AccuracyThreshold = 0.4, NoveltyFilter = true };

    private IndexDocument Document(string id, string source, bool admitted = false) =>
        new() { Experiment = _experiment, Id = id, Source = source, Admission = Admission(), Admitted = admitted };

    private async Task<IndexStats> IndexAsync(params (string Id, string Source)[] documents)
    {
        using var call = system.Client.IndexCorpus(cancellationToken: Token);
        foreach (var (id, source) in documents)
            await call.RequestStream.WriteAsync(new IndexDocument { Experiment = _experiment, Id = id, Source = source, Admission = Admission() }, Token);
        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    private Task PublishAsync(string id, string source, double accuracy, int cycle = 0) => system.Bus.PublishAsync(
        "candidate.trained",
        new CandidateTrained
        {
            Candidate = new CandidateRef { Experiment = _experiment, Id = id, Cycle = cycle },
            Source = source,
            Outcome = new TrainingOutcome { Scored = true, Accuracy = accuracy },
            Admission = Admission(),
        },
        $"candidate.trained:{id}",
        Token);

    private async Task<Dictionary<string, NoveltyOutcome>> ReadAsync(int count)
    {
        var judged = new Dictionary<string, NoveltyOutcome>();
        while (judged.Count < count)
            await ReadMoreAsync(judged);
        return judged;
    }

    private async Task ReadMoreAsync(Dictionary<string, NoveltyOutcome> judged)
    {
        var message = await system.Judged.ReadAsync(Token);
        if (message.Candidate.Experiment == _experiment)
            judged[message.Candidate.Id] = message.Outcome;
    }
}

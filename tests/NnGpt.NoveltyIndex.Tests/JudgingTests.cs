using Grpc.Core;
using NnGpt.Corpus.Chat;
using NnGpt.Protocol.V1;

namespace NnGpt.NoveltyIndex.Tests;

public sealed class JudgingTests(NoveltySystem system) : IClassFixture<NoveltySystem>
{
    private readonly string _experiment = $"e-{Guid.NewGuid():N}";

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
    public async Task Trained_RedisHasLostTheExperiment_KnowsWhatTheCoordinatorAdmitted()
    {
        Assert.SkipUnless(NoveltySystem.Unavailable is null, NoveltySystem.Unavailable ?? "");
        system.AdmittedPairs[_experiment] =
        [
            new CorpusPair { Id = "earlier", Json = ChatJsonl.Format(new ChatPair("", "design", $"```python\n{Source(20)}\n```\n")) },
        ];

        await PublishAsync("again", Source(20), accuracy: 0.9);

        var verdict = (await ReadAsync(1))["again"];
        Assert.Equal("earlier", verdict.NearestGenerated);
        Assert.False(verdict.Admitted);
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

    private async Task<IndexStats> IndexAsync(params (string Id, string Source)[] documents)
    {
        using var call = system.Client.IndexCorpus(cancellationToken: Token);
        foreach (var (id, source) in documents)
            await call.RequestStream.WriteAsync(new IndexDocument { Experiment = _experiment, Id = id, Source = source, Admission = Admission() }, Token);
        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    private Task PublishAsync(string id, string source, double accuracy) => system.Bus.PublishAsync(
        "candidate.trained",
        new CandidateTrained
        {
            Candidate = new CandidateRef { Experiment = _experiment, Id = id },
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
        {
            var message = await system.Judged.ReadAsync(Token);
            if (message.Candidate.Experiment == _experiment)
                judged[message.Candidate.Id] = message.Outcome;
        }
        return judged;
    }
}

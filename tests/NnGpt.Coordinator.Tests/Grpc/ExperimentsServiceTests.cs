using System.Net;
using Grpc.Core;
using NnGpt.Coordinator.Tests.Running;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Tests.Grpc;

/// <summary>Over real Kestrel, with the background loops at work.</summary>
public sealed class ExperimentsServiceTests : IAsyncLifetime
{
    private CoordinatorHost _host = null!;
    private Protocol.V1.Experiments.ExperimentsClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await CoordinatorHost.StartAsync();
        _client = new Protocol.V1.Experiments.ExperimentsClient(_host.Channel);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Watch_WholeExperiment_TellsEveryStateUntilItHasCompleted()
    {
        var started = await _client.StartAsync(new StartExperimentRequest { Profile = ExperimentAssertions.Profile, Name = "watched", Seed = 9 });
        Assert.Equal(("watched", 9UL, ExperimentState.Running), (started.Id, started.Seed, started.State));

        using var call = _client.Watch(new GetExperimentRequest { Id = "watched" });
        Experiment last = started;
        await foreach (var state in call.ResponseStream.ReadAllAsync())
        {
            Assert.True(state.Cycles.Count >= last.Cycles.Count);
            last = state;
            // The change that is told next is the one that this delivery causes.
            while (!_host.Pipeline.IsIdle)
                await _host.Pipeline.DeliverAsync(_host.Engine);
        }

        ExperimentAssertions.AssertExact(last);
        Assert.Equal(3, last.CyclesPlanned);
        Assert.Equal(10, last.Best.Count);
        await AssertCandidatesAsync(last);
    }

    [Fact]
    public async Task Start_SettingOutOfRange_NamesIt()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => _client.StartAsync(new StartExperimentRequest { Profile = "sampling:\n  temperature: 9" }).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("line 2: sampling.temperature is 9; it must be a number in 0.01..5", error.Status.Detail);
    }

    [Fact]
    public async Task Start_CorpusFile_IsTheBaseCorpus()
    {
        string digest = await StoreAsync("""{"id":"a.py","source":"x = 1\n"}""", """{"id":"b.py","family":"residual","source":"y = 2\n"}""");
        await _client.StartAsync(new StartExperimentRequest { Profile = $"corpus: {{file: {digest}}}", Name = "own" });

        using var call = _client.GetIndexDocuments(new GetExperimentRequest { Id = "own" });
        var documents = await call.ResponseStream.ReadAllAsync().ToListAsync();
        Assert.Equal([("a.py", "x = 1\n", false), ("b.py", "y = 2\n", false)], documents.Select(d => (d.Id, d.Source, d.Admitted)));
        Assert.Equal("y = 2\n", (await _client.GetDocumentAsync(new GetDocumentRequest { Experiment = "own", Id = "b.py" })).Source);
    }

    [Fact]
    public async Task Start_CorpusFileThatIsNone_NamesTheReason()
    {
        string twice = await StoreAsync("""{"id":"a","source":"x"}""", """{"id":"a","source":"y"}""");
        string broken = await StoreAsync("""{"id":"a","source":"x"}""", "{");
        string missing = $"sha256:{new string('0', 64)}";
        foreach (var (file, reason) in new[] { (twice, "'a' is there twice"), (broken, "line 2 is no corpus record"), (missing, "no artifact"), ("some/path", "not a digest") })
        {
            var error = await Assert.ThrowsAsync<RpcException>(
                () => _client.StartAsync(new StartExperimentRequest { Profile = $"corpus: {{file: '{file}'}}" }).ResponseAsync);
            Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
            Assert.StartsWith("corpus.file: ", error.Status.Detail);
            Assert.Contains(reason, error.Status.Detail);
        }
        Assert.Empty((await _client.ListAsync(new ListExperimentsRequest())).Experiments);
    }

    [Fact]
    public async Task Start_NameTaken_AlreadyExists()
    {
        var request = new StartExperimentRequest { Profile = ExperimentAssertions.Profile, Name = "a" };
        await _client.StartAsync(request);

        Assert.Equal(StatusCode.AlreadyExists, (await Assert.ThrowsAsync<RpcException>(() => _client.StartAsync(request).ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task Get_UnknownExperiment_NotFound()
    {
        var request = new GetExperimentRequest { Id = "none" };
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => _client.GetAsync(request).ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => _client.StopAsync(request).ResponseAsync)).StatusCode);
        using var watch = _client.Watch(request);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(default))).StatusCode);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Health_WritableDataBase_IsHealthy(string path)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(_host.Http, path));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task AssertCandidatesAsync(Experiment experiment)
    {
        var all = new List<Candidate>();
        var request = new ListCandidatesRequest { Experiment = experiment.Id, Cycle = -1, PageSize = 10 };
        do
        {
            var page = await _client.ListCandidatesAsync(request);
            all.AddRange(page.Candidates);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        Assert.Equal(64, all.Select(c => c.Ref.Id).Distinct().Count());
        Assert.All(all, c => Assert.Equal((experiment.Cycles[c.Ref.Cycle].AdapterDigest, ""), (c.Origin.AdapterDigest, c.Source)));

        var admitted = await _client.ListCandidatesAsync(new ListCandidatesRequest { Experiment = experiment.Id, Cycle = -1, AdmittedOnly = true, OrderBy = "accuracy" });
        Assert.Equal(experiment.Cycles.Sum(c => c.Admitted), admitted.Candidates.Count);
        Assert.Equal(admitted.Candidates.OrderByDescending(c => c.Training.Accuracy).Select(c => c.Training.Accuracy), admitted.Candidates.Select(c => c.Training.Accuracy));

        var best = await _client.GetCandidateAsync(new GetCandidateRequest { Id = admitted.Candidates[0].Ref.Id });
        Assert.Equal(Fate.SourceOf(best.Ref.Id), best.Source);
        Assert.Equal(2, best.Rescored.Count);

        using var corpus = _client.GetCorpus(new GetExperimentRequest { Id = experiment.Id });
        var pairs = await corpus.ResponseStream.ReadAllAsync().ToListAsync();
        Assert.Equal(admitted.Candidates.Select(c => c.Ref.Id).Order(), pairs.Select(p => p.Id).Order());

        using var index = _client.GetIndexDocuments(new GetExperimentRequest { Id = experiment.Id });
        var documents = await index.ResponseStream.ReadAllAsync().ToListAsync();
        Assert.Equal(pairs.Select(p => p.Id), documents.Where(d => d.Admitted).Select(d => d.Id));
        Assert.All(documents.Where(d => d.Admitted), d => Assert.Equal((Fate.SourceOf(d.Id), $"-c{d.Cycle:00}-"), (d.Source, d.Id[^8..^3])));
        Assert.Contains(documents, d => !d.Admitted);
        Assert.All(documents, d => Assert.Equal(experiment.Id, d.Experiment));
    }

    private async Task<string> StoreAsync(params string[] lines)
    {
        using var call = new Protocol.V1.Artifacts.ArtifactsClient(_host.Channel).Put();
        await call.RequestStream.WriteAsync(new PutArtifactRequest { Header = new ArtifactHeader { MediaType = "application/jsonl" } });
        await call.RequestStream.WriteAsync(new PutArtifactRequest { Chunk = Google.Protobuf.ByteString.CopyFromUtf8(string.Join('\n', lines)) });
        await call.RequestStream.CompleteAsync();
        return (await call.ResponseAsync).Digest;
    }
}

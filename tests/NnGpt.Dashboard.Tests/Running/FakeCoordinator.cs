using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NnGpt.Protocol.V1;

namespace NnGpt.Dashboard.Tests.Running;

/// <summary>A Coordinator that tells of what a test put into it, by gRPC on a port of the loopback.</summary>
internal sealed class FakeCoordinator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeCoordinator(WebApplication app) => _app = app;

    public Dictionary<string, Experiment> Experiments { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<Candidate>> Candidates { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, byte[]> Artifacts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, FamilyCounts> Families { get; } = new(StringComparer.Ordinal);

    public Dictionary<long, DeadLetterBody> Letters { get; } = [];

    /// <summary>What was asked for that changes something: "start NAME", "stop ID", "resume ID", "discard 1".</summary>
    public List<string> Commands { get; } = [];

    public string Address { get; private set; } = "";

    public static async Task<FakeCoordinator> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(grpc => grpc.MaxSendMessageSize = null);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        FakeCoordinator? coordinator = null;
        builder.Services.AddSingleton(_ => coordinator!);
        var app = builder.Build();
        coordinator = new FakeCoordinator(app);
        app.MapGrpcService<ExperimentCalls>();
        app.MapGrpcService<ArtifactCalls>();
        app.MapGrpcService<DeadLetterCalls>();
        await app.StartAsync();
        coordinator.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return coordinator;
    }

    public void Add(Experiment experiment, IEnumerable<Candidate> candidates)
    {
        Experiments[experiment.Id] = experiment;
        Candidates[experiment.Id] = [.. candidates];
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private Experiment Find(string id) => Experiments.TryGetValue(id, out var experiment) ? experiment : throw Missing($"There is no experiment '{id}'.");

    private Candidate FindCandidate(string id) =>
        Candidates.Values.SelectMany(all => all).FirstOrDefault(candidate => candidate.Ref.Id == id) ?? throw Missing($"There is no candidate '{id}'.");

    private static RpcException Missing(string what) => new(new Status(StatusCode.NotFound, what));

    private sealed class ExperimentCalls(FakeCoordinator coordinator) : Protocol.V1.Experiments.ExperimentsBase
    {
        private const int RowsInMessage = 500;

        public override Task<Experiment> Start(StartExperimentRequest request, ServerCallContext context)
        {
            lock (coordinator.Commands)
                coordinator.Commands.Add($"start {request.Name}");
            return Task.FromResult(new Experiment { Id = request.Name, Name = request.Name, Profile = request.Profile, State = ExperimentState.Running });
        }

        public override Task<Experiment> Get(GetExperimentRequest request, ServerCallContext context) => Task.FromResult(coordinator.Find(request.Id));

        public override Task<Experiment> Stop(GetExperimentRequest request, ServerCallContext context) => Command("stop", request.Id);

        public override Task<Experiment> Resume(GetExperimentRequest request, ServerCallContext context) => Command("resume", request.Id);

        public override async Task Watch(GetExperimentRequest request, IServerStreamWriter<Experiment> responseStream, ServerCallContext context) =>
            await responseStream.WriteAsync(coordinator.Find(request.Id), context.CancellationToken);

        public override async Task WatchAll(ListExperimentsRequest request, IServerStreamWriter<ListSummariesResponse> responseStream, ServerCallContext context)
        {
            var list = new ListSummariesResponse();
            foreach (var (id, experiment) in coordinator.Experiments)
            {
                list.Experiments.Add(new ExperimentSummary
                {
                    Id = id,
                    Name = experiment.Name,
                    State = experiment.State,
                    Message = experiment.Message,
                    CyclesPlanned = experiment.CyclesPlanned,
                    Generated = coordinator.Candidates[id].Count,
                    Created = experiment.Created,
                    Dataset = "fashion-mnist",
                });
            }
            await responseStream.WriteAsync(list, context.CancellationToken);
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public override async Task WatchCandidates(GetExperimentRequest request, IServerStreamWriter<CandidateChanges> responseStream, ServerCallContext context)
        {
            var chunks = coordinator.Candidates.GetValueOrDefault(request.Id, []).Chunk(RowsInMessage).ToList();
            foreach (var chunk in chunks)
                await responseStream.WriteAsync(new CandidateChanges { Candidates = { chunk } }, context.CancellationToken);
            await responseStream.WriteAsync(new CandidateChanges { Complete = true }, context.CancellationToken);
        }

        public override Task<Candidate> GetCandidate(GetCandidateRequest request, ServerCallContext context) => Task.FromResult(coordinator.FindCandidate(request.Id));

        public override Task<ListCandidatesResponse> ListCandidates(ListCandidatesRequest request, ServerCallContext context) =>
            Task.FromResult(new ListCandidatesResponse { Candidates = { coordinator.Candidates.GetValueOrDefault(request.Experiment, []) } });

        public override Task<Document> GetDocument(GetDocumentRequest request, ServerCallContext context) =>
            Task.FromResult(new Document { Id = request.Id, Source = "class Net(nn.Module):\n    pass\n" });

        public override Task<FamilyCounts> GetFamilies(GetExperimentRequest request, ServerCallContext context) =>
            Task.FromResult(coordinator.Families.GetValueOrDefault(coordinator.Find(request.Id).Id, new FamilyCounts()));

        private Task<Experiment> Command(string what, string id)
        {
            lock (coordinator.Commands)
                coordinator.Commands.Add($"{what} {id}");
            return Task.FromResult(coordinator.Find(id));
        }
    }

    private sealed class ArtifactCalls(FakeCoordinator coordinator) : Protocol.V1.Artifacts.ArtifactsBase
    {
        public override Task<ArtifactInfo> Stat(GetArtifactRequest request, ServerCallContext context) =>
            Task.FromResult(new ArtifactInfo { Digest = request.Digest, Bytes = Find(request.Digest).Length, MediaType = "application/x-tar" });

        public override async Task Get(GetArtifactRequest request, IServerStreamWriter<ArtifactChunk> responseStream, ServerCallContext context) =>
            await responseStream.WriteAsync(new ArtifactChunk { Chunk = ByteString.CopyFrom(Find(request.Digest)) }, context.CancellationToken);

        private byte[] Find(string digest) => coordinator.Artifacts.TryGetValue(digest, out byte[]? content) ? content : throw Missing($"There is no artifact '{digest}'.");
    }

    private sealed class DeadLetterCalls(FakeCoordinator coordinator) : DeadLetters.DeadLettersBase
    {
        public override async Task Watch(WatchDeadLettersRequest request, IServerStreamWriter<DeadLetterList> responseStream, ServerCallContext context)
        {
            var list = new DeadLetterList { Count = coordinator.Letters.Count };
            list.Letters.Add(coordinator.Letters.Select(letter => new DeadLetterSummary
            {
                Id = letter.Key,
                Received = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 1_767_323_045 },
                Deaths = 1,
                Queue = "validator",
                Reason = "rejected",
                Type = letter.Value.Type,
                MessageId = letter.Value.Type,
                Bytes = letter.Value.Body.Length,
            }));
            await responseStream.WriteAsync(list, context.CancellationToken);
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public override Task<DeadLetterBody> Get(DeadLetterRequest request, ServerCallContext context) => Task.FromResult(Find(request.Id));

        public override Task<DeadLetterAnswer> Return(DeadLetterRequest request, ServerCallContext context)
        {
            Find(request.Id);
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "It cannot be put back: its cycle is closed."));
        }

        public override Task<DeadLetterAnswer> Discard(DeadLetterRequest request, ServerCallContext context)
        {
            Find(request.Id);
            lock (coordinator.Commands)
                coordinator.Commands.Add($"discard {request.Id}");
            return Task.FromResult(new DeadLetterAnswer());
        }

        private DeadLetterBody Find(long id) => coordinator.Letters.GetValueOrDefault(id) ?? throw Missing($"There is no dead letter {id} any more.");
    }
}

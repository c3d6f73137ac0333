using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults;
using NnGpt.ServiceDefaults.Grpc;
using NnGpt.ServiceDefaults.Messaging;
using NnGpt.Testing.Infrastructure;
using StackExchange.Redis;

namespace NnGpt.NoveltyIndex.Tests;

/// <summary>A real broker, a real Redis, the service, and a Coordinator that collects verdicts and knows what was admitted.</summary>
public sealed class NoveltySystem : IAsyncLifetime
{
    private readonly Recorded _recorded = new();
    private RabbitMqServer? _broker;
    private RedisServer? _redis;
    private WebApplication? _coordinator;
    private WebApplication? _novelty;

    public static string? Unavailable => RabbitMqServer.Unavailable ?? RedisServer.Unavailable;

    public RedisServer Redis => _redis!;

    public IMessageBus Bus => _coordinator!.Services.GetRequiredService<IMessageBus>();

    public Protocol.V1.Novelty.NoveltyClient Client => _coordinator!.Services.GetRequiredService<Protocol.V1.Novelty.NoveltyClient>();

    /// <summary>What the Coordinator has on record of an experiment.</summary>
    public ConcurrentDictionary<string, IndexDocument[]> Record => _recorded.Documents;

    public ChannelReader<CandidateJudged> Judged => _recorded.Judged.Reader;

    public async Task EmptyRedisAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{_redis!.ConnectionString},allowAdmin=true");
        await connection.GetServers()[0].FlushAllDatabasesAsync();
    }

    public async ValueTask InitializeAsync()
    {
        if (Unavailable is not null)
            return;
        var token = TestContext.Current.CancellationToken;
        _redis = await RedisServer.StartAsync(token);
        _broker = await RabbitMqServer.StartAsync(token);
        int[] ports = FreePort.Take(4);
        _novelty = await StartAsync("novelty", ports[0], ports[1], b => b.AddNoveltyIndex(), app => app.MapNoveltyIndex(), ports);
        _coordinator = await StartAsync("coordinator", ports[2], ports[3],
            b =>
            {
                b.Services.AddSingleton(_recorded);
                b.AddServiceClient<Protocol.V1.Novelty.NoveltyClient>("novelty");
                b.AddQueue("coordinator", q => q
                    .On<CandidateTrained, IgnoreTrained>("candidate.trained")
                    .On<CandidateJudged, CollectJudged>("candidate.judged"));
            },
            app => app.MapGrpcService<CorpusService>(),
            ports);
    }

    public async ValueTask DisposeAsync()
    {
        if (_novelty is not null)
            await _novelty.DisposeAsync();
        if (_coordinator is not null)
            await _coordinator.DisposeAsync();
        if (_broker is not null)
            await _broker.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    private async Task<WebApplication> StartAsync(
        string name, int httpPort, int grpcPort, Action<WebApplicationBuilder> configure, Action<WebApplication> map, int[] ports)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HTTP_PORT"] = $"{httpPort}",
            ["GRPC_PORT"] = $"{grpcPort}",
            ["ConnectionStrings:rabbitmq"] = _broker!.ConnectionString,
            ["ConnectionStrings:redis"] = _redis!.ConnectionString,
            ["services:novelty:grpc:0"] = $"http://127.0.0.1:{ports[1]}",
            ["services:coordinator:grpc:0"] = $"http://127.0.0.1:{ports[3]}",
            ["Messaging:RetrySeconds"] = "0.01",
            ["NoveltyIndex:MaxRetrySeconds"] = "0.1",
        });
        builder.AddServiceDefaults(name);
        builder.Logging.ClearProviders();
        configure(builder);
        var app = builder.Build();
        app.MapServiceDefaults();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    internal sealed class Recorded
    {
        public ConcurrentDictionary<string, IndexDocument[]> Documents { get; } = new();

        public Channel<CandidateJudged> Judged { get; } = Channel.CreateUnbounded<CandidateJudged>();
    }

    internal sealed class IgnoreTrained : IMessageHandler<CandidateTrained>
    {
        public Task HandleAsync(CandidateTrained message, MessageContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    internal sealed class CollectJudged(Recorded recorded) : IMessageHandler<CandidateJudged>
    {
        public async Task HandleAsync(CandidateJudged message, MessageContext context, CancellationToken cancellationToken) =>
            await recorded.Judged.Writer.WriteAsync(message, cancellationToken);
    }

    internal sealed class CorpusService(Recorded recorded) : Experiments.ExperimentsBase
    {
        public override async Task GetIndexDocuments(
            GetExperimentRequest request, IServerStreamWriter<IndexDocument> responseStream, ServerCallContext context)
        {
            if (!recorded.Documents.TryGetValue(request.Id, out var documents))
                throw new RpcException(new Status(StatusCode.NotFound, request.Id));
            foreach (var document in documents)
                await responseStream.WriteAsync(document, context.CancellationToken);
        }
    }
}

using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.ServiceDefaults;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator.Tests.Running;

/// <summary>The service as it runs, on free ports of the loopback, with the pipeline in memory behind it.</summary>
internal sealed class CoordinatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestDirectory _directory;

    private CoordinatorHost(WebApplication app, TestDirectory directory, GrpcChannel channel) => (_app, _directory, Channel) = (app, directory, channel);

    public GrpcChannel Channel { get; }

    public string DataDirectory => _directory.Path;

    public FakePipeline Pipeline => (FakePipeline)_app.Services.GetRequiredService<IMessageBus>();

    public ExperimentEngine Engine => _app.Services.GetRequiredService<ExperimentEngine>();

    public CoordinatorStore Store => _app.Services.GetRequiredService<CoordinatorStore>();

    public Uri Http { get; private init; } = null!;

    public static async Task<CoordinatorHost> StartAsync(long maxArtifactBytes = 1 << 20)
    {
        var directory = new TestDirectory();
        var builder = WebApplication.CreateBuilder(
        [
            "--HTTP_PORT=0", "--GRPC_PORT=0", "--Logging:LogLevel:Default=Warning",
            $"--Coordinator:DataDirectory={directory.Path}", $"--Coordinator:MaxArtifactBytes={maxArtifactBytes}",
        ]);
        builder.AddServiceDefaults("coordinator");
        builder.AddExperiments();
        builder.Services.AddSingleton<IMessageBus>(new FakePipeline());
        builder.Services.AddSingleton<ICorpusIndex>(new FakeCorpusIndex());
        var app = builder.Build();
        Assert.True(app.TryOpenStore());
        app.MapServiceDefaults();
        app.MapCoordinator();
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        return new CoordinatorHost(app, directory, GrpcChannel.ForAddress(addresses[1])) { Http = new Uri(addresses[0]) };
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}

using System.Net;
using Aspire.Hosting.Orchestration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ResourceService;

/// <summary>The gRPC server that a dashboard learns of the resources from: any free port of the loopback interface, with a key.</summary>
internal sealed class ResourceServiceHost : IAsyncDisposable
{
    private static readonly TimeSpan s_stopDeadline = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private int _disposed;

    private ResourceServiceHost(WebApplication app, string url)
    {
        _app = app;
        Url = url;
    }

    /// <summary>E.g. http://127.0.0.1:15002, HTTP/2 without TLS.</summary>
    public string Url { get; }

    public static async Task<ResourceServiceHost> StartAsync(
        IReadOnlyList<ResourceRunner> runners, string apiKey, ChangeSignal changes, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRouting();
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<ApiKeyInterceptor>(apiKey));
        builder.Services.AddSingleton(new DashboardServiceState(runners, changes));
        var app = builder.Build();
        app.MapGrpcService<DashboardServiceImpl>();
        await app.StartAsync(cancellationToken);
        return new ResourceServiceHost(app, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        using var limit = new CancellationTokenSource(s_stopDeadline);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}

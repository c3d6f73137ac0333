using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NnGpt.ServiceDefaults.Tests.Hosting;

/// <summary>A service on two ports of the system's choice.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningService(WebApplication app)
    {
        _app = app;
        string[] addresses = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        (Http, Grpc) = (new Uri(addresses[0]), new Uri(addresses[1]));
    }

    public Uri Http { get; }

    public Uri Grpc { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningService> StartAsync(
        Action<WebApplicationBuilder> configure, Action<WebApplication> map, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults("test");
        configure(builder);
        var app = builder.Build();
        app.MapServiceDefaults();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningService(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

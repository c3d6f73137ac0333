using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using NnGpt.ServiceDefaults.Hosting;

namespace NnGpt.ServiceDefaults;

internal static class HostingExtensions
{
    // Kestrel without TLS speaks HTTP/1.1 on a port that allows both versions, hence two ports.
    public static void AddListeners(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<Hosting.ListenOptions>()
            .Bind(builder.Configuration)
            .ValidateDataAnnotations()
            .Validate(o => IPAddress.TryParse(o.ListenAddress, out _), "LISTEN_ADDRESS is not an IP address.")
            .ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<Hosting.ListenOptions>>((kestrel, listen) =>
        {
            var address = IPAddress.Parse(listen.Value.ListenAddress);
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, listen.Value.HttpPort, o => o.Protocols = HttpProtocols.Http1);
            kestrel.Listen(address, listen.Value.GrpcPort, o => o.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<Hosting.ListenOptions>>(
            (host, listen) => host.ShutdownTimeout = TimeSpan.FromSeconds(listen.Value.ShutdownSeconds));
    }

    // Defaults below every other source of configuration, so that Logging__LogLevel__* still decides.
    public static void AddLogging(this IHostApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                // What is unhealthy is in the answer of /health, which the AppHost shows; asked often, it would fill the log.
                ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
                ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
                ["Logging:LogLevel:Grpc"] = "Warning",
                ["Logging:LogLevel:System.Net.Http"] = "Warning",
            },
        });
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }
}

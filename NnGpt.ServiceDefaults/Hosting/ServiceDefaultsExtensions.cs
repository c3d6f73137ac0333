using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using NnGpt.ServiceDefaults.Grpc;
using NnGpt.ServiceDefaults.Health;
using NnGpt.ServiceDefaults.Telemetry;

namespace NnGpt.ServiceDefaults;

/// <summary>What every service shares: two ports, logging, telemetry, health, gRPC.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Kestrel on HTTP_PORT (HTTP/1.1: /health, /alive) and GRPC_PORT (HTTP/2 without TLS), single-line logging to
    /// stdout, OpenTelemetry, the gRPC server with its limits, grpc.health.v1. An unset port is chosen by the system.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="serviceName">Resource name, e.g. "validator"; service.name in telemetry.</param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder, string serviceName)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddListeners();
        builder.AddLogging();
        builder.AddTelemetry(serviceName);
        builder.AddHealth();
        builder.AddGrpcServer();
        return builder;
    }

    /// <summary>Maps /health (ready to work), /alive (the process answers) and grpc.health.v1.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.MapHealth();
        return app;
    }
}

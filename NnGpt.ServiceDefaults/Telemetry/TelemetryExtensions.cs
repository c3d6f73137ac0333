using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NnGpt.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Traces are recorded even without an exporter: their ids travel with the messages and name a candidate's log lines.
    public static void AddTelemetry(this IHostApplicationBuilder builder, string serviceName)
    {
        bool export = !string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]);
        string instance = $"{Environment.MachineName}:{Environment.ProcessId}";
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(serviceName, "nngpt", serviceInstanceId: instance).AddEnvironmentVariableDetector())
            .WithTracing(t =>
            {
                t.AddSource(NnGptTelemetry.Name)
                    .AddAspNetCoreInstrumentation(o => o.Filter = c => c.Request.Path != "/health" && c.Request.Path != "/alive")
                    .AddHttpClientInstrumentation();
                if (export)
                    t.AddOtlpExporter();
            });
        if (!export)
            return;
        telemetry.WithMetrics(m => m
            .AddMeter(NnGptTelemetry.Name)
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation()
            .AddOtlpExporter());
        builder.Logging.AddOpenTelemetry(l =>
        {
            l.IncludeFormattedMessage = true;
            l.IncludeScopes = true;
            l.AddOtlpExporter();
        });
    }
}

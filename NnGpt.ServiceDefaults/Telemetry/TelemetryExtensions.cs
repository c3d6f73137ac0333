using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NnGpt.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs by OTLP: to the dashboard, when the AppHost names one, and to the user's own collector, when
/// OTEL_EXPORTER_OTLP_ENDPOINT is set.
/// </summary>
internal static class TelemetryExtensions
{
    private const string OwnEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string DashboardEndpoint = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    private const string DashboardApiKey = "ASPIRE_DASHBOARD_OTLP_API_KEY";

    // The options of a name are one object: a name for each signal, or the last one's path would be that of all.
    private const string DashboardTraces = "dashboard traces";
    private const string DashboardMetrics = "dashboard metrics";
    private const string DashboardLogs = "dashboard logs";

    // Somebody looks at the dashboard; the defaults (5 s, and 60 s for metrics) are for collectors.
    private const int DashboardDelayMilliseconds = 1_000;
    private const int DashboardMetricsMilliseconds = 5_000;

    // A batch whose time runs out is lost, and a candidate's trace has a hole. On a machine that is busy with training the
    // dashboard may get the processor late; one that is gone refuses at once, so that nobody waits for it.
    private const int DashboardTimeoutMilliseconds = 60_000;

    // Traces are recorded even without an exporter: their ids travel with the messages and name a candidate's log lines.
    public static void AddTelemetry(this IHostApplicationBuilder builder, string serviceName)
    {
        bool own = !string.IsNullOrWhiteSpace(builder.Configuration[OwnEndpoint]);
        bool dashboard = !string.IsNullOrWhiteSpace(builder.Configuration[DashboardEndpoint]);
        string instance = $"{Environment.MachineName}:{Environment.ProcessId}";
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(serviceName, "nngpt", serviceInstanceId: instance).AddEnvironmentVariableDetector())
            .WithTracing(t =>
            {
                t.AddSource(NnGptTelemetry.Name)
                    .AddAspNetCoreInstrumentation(o => o.Filter = c => c.Request.Path != "/health" && c.Request.Path != "/alive")
                    .AddHttpClientInstrumentation();
                if (own)
                    t.AddOtlpExporter();
                if (dashboard)
                    t.AddOtlpExporter(DashboardTraces, o => o.SendToDashboard(builder.Configuration, "v1/traces"));
            });
        if (!own && !dashboard)
            return;
        telemetry.WithMetrics(m =>
        {
            m.AddMeter(NnGptTelemetry.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation();
            if (own)
                m.AddOtlpExporter();
            if (dashboard)
            {
                m.AddOtlpExporter(DashboardMetrics, (o, reader) =>
                {
                    o.SendToDashboard(builder.Configuration, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = DashboardMetricsMilliseconds;
                });
            }
        });
        telemetry.WithLogging(
            l =>
            {
                if (own)
                    l.AddOtlpExporter();
                if (dashboard)
                {
                    l.AddOtlpExporter(DashboardLogs, (o, processor) =>
                    {
                        o.SendToDashboard(builder.Configuration, "v1/logs");
                        processor.BatchExportProcessorOptions.ScheduledDelayMilliseconds = DashboardDelayMilliseconds;
                    });
                }
            },
            options =>
            {
                options.IncludeFormattedMessage = true;
                options.IncludeScopes = true;
            });
    }

    private static void SendToDashboard(this OtlpExporterOptions exporter, IConfiguration configuration, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(new Uri(configuration[DashboardEndpoint]!), path);
        exporter.Headers = $"x-otlp-api-key={configuration[DashboardApiKey]}";
        exporter.TimeoutMilliseconds = DashboardTimeoutMilliseconds;
        exporter.BatchExportProcessorOptions.ScheduledDelayMilliseconds = DashboardDelayMilliseconds;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NnGpt.ServiceDefaults.Telemetry;
using NnGpt.ServiceDefaults.Tests.Hosting;
using OpenTelemetry.Exporter;

namespace NnGpt.ServiceDefaults.Tests.Telemetry;

/// <summary>Where the telemetry of a service goes.</summary>
public sealed partial class TelemetryTests
{
    private const string Span = "a span of this test";
    private const string Line = "a line of this test";
    private const string Counter = "a.counter.of.this.test";

    [Fact]
    public async Task Otlp_OwnCollectorAndDashboard_BothReceiveEverySignal()
    {
        await using var own = await OtlpReceiver.StartAsync();
        await using var dashboard = await OtlpReceiver.StartAsync();
        await WorkAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", own.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", dashboard.Address), ("ASPIRE_DASHBOARD_OTLP_API_KEY", "secret"));

        foreach (var (path, text) in ((string, string)[])[("/v1/traces", Span), ("/v1/logs", Line), ("/v1/metrics", Counter)])
        {
            Assert.True(own.Has(path, text), $"the user's own collector: {path}");
            Assert.True(dashboard.Has(path, text, key: "secret"), $"the dashboard: {path}");
        }
    }

    [Fact]
    public async Task Otlp_OwnCollectorAlone_ReceivesEverySignal()
    {
        await using var own = await OtlpReceiver.StartAsync();
        await WorkAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", own.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

        Assert.True(own.Has("/v1/traces", Span) && own.Has("/v1/logs", Line) && own.Has("/v1/metrics", Counter));
    }

    // What runs out of time is lost: on a machine busy with training five seconds pass before the dashboard gets the processor.
    [Theory]
    [InlineData("dashboard traces")]
    [InlineData("dashboard metrics")]
    [InlineData("dashboard logs")]
    public async Task Otlp_Dashboard_MayAnswerLate(string exporter)
    {
        await using var service = await RunningService.StartAsync(_ => { }, _ => { }, ("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "http://127.0.0.1:1"));

        Assert.InRange(service.Services.GetRequiredService<IOptionsMonitor<OtlpExporterOptions>>().Get(exporter).TimeoutMilliseconds, 30_000, 120_000);
    }

    // Stopping sends what has not been sent yet.
    private static async Task WorkAsync(params (string Key, string? Value)[] settings)
    {
        await using var service = await RunningService.StartAsync(_ => { }, _ => { }, settings);
        using (NnGptTelemetry.Source.StartActivity(Span))
            LogLine(service.Services.GetRequiredService<ILogger<TelemetryTests>>());
        NnGptTelemetry.Meter.CreateCounter<int>(Counter).Add(1);
    }

    [LoggerMessage(1, LogLevel.Information, Line)]
    private static partial void LogLine(ILogger logger);
}

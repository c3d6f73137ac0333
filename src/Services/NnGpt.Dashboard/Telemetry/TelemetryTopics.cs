using System.Runtime.CompilerServices;
using System.Text.Json;
using NnGpt.Dashboard.Live;

namespace NnGpt.Dashboard.Telemetry;

/// <summary>Logs, traces and metrics for the pages.</summary>
internal static class TelemetryTopics
{
    private const int RecordsInMessage = 2_000;

    // Several changes within this time are told as one.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LogWindow>();
        services.AddSingleton<SpanWindow>();
        services.AddSingleton<MetricWindow>();
        services.AddLiveTopic("logs", provider => (_, cancel) => WatchLogsAsync(provider.GetRequiredService<LogWindow>(), cancel));
        services.AddLiveTopic("traces", provider =>
        {
            var spans = provider.GetRequiredService<SpanWindow>();
            return (_, cancel) => WatchAsync(spans.Changes, () => JsonSerializer.Serialize(new TraceList(spans.List()), TelemetryJson.Default.TraceList), cancel);
        });
        services.AddLiveTopic("trace", provider =>
        {
            var spans = provider.GetRequiredService<SpanWindow>();
            return (id, cancel) => WatchAsync(spans.Changes, () => JsonSerializer.Serialize(new SpanList(spans.Find(id)), TelemetryJson.Default.SpanList), cancel);
        });
        services.AddLiveTopic("instruments", provider =>
        {
            var metrics = provider.GetRequiredService<MetricWindow>();
            return (_, cancel) => WatchAsync(metrics.Changes, () => JsonSerializer.Serialize(new InstrumentList(metrics.List()), TelemetryJson.Default.InstrumentList), cancel);
        });
        services.AddLiveTopic("metric", provider =>
        {
            var metrics = provider.GetRequiredService<MetricWindow>();
            return (name, cancel) => WatchAsync(metrics.Changes, () => JsonSerializer.Serialize(metrics.Find(name), TelemetryJson.Default.MetricState), cancel);
        });
    }

    // The whole state, again whenever it is another.
    private static async IAsyncEnumerable<string> WatchAsync(ChangeSignal changes, Func<string> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = changes.Subscribe();
        string told = "";
        while (true)
        {
            string now = read();
            if (now != told)
                yield return told = now;
            await subscription.WaitAsync(cancellationToken);
            await Task.Delay(s_pause, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<string> WatchLogsAsync(LogWindow logs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = logs.Records.Changes.Subscribe();
        yield return JsonSerializer.Serialize(new LogBatch(true, []), TelemetryJson.Default.LogBatch);
        long last = 0;
        while (true)
        {
            while (logs.Records.After(last, RecordsInMessage) is { Items.Count: > 0 } batch)
            {
                last = batch.Last;
                yield return JsonSerializer.Serialize(new LogBatch(false, batch.Items), TelemetryJson.Default.LogBatch);
            }
            await subscription.WaitAsync(cancellationToken);
            await Task.Delay(s_pause, cancellationToken);
        }
    }
}

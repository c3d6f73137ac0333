using Microsoft.Extensions.Options;
using NnGpt.Dashboard.Telemetry.Otlp;

namespace NnGpt.Dashboard.Telemetry;

/// <summary>The last structured log records of all services.</summary>
internal sealed class LogWindow(IOptions<DashboardOptions> options)
{
    public BoundedWindow<LogEntry> Records { get; } = new(options.Value.MaxLogRecords);

    public void Add(LogsData data) => Records.Add(
        from resource in data.ResourceLogs
        let source = OtlpText.Source(resource.Resource)
        from scope in resource.ScopeLogs
        from record in scope.LogRecords
        select new LogEntry(
            (record.TimeUnixNano != 0 ? record.TimeUnixNano : record.ObservedTimeUnixNano) / 1e6,
            source.Service, source.Instance, Level(record.SeverityNumber), OtlpText.Shorten(scope.Scope?.Name ?? ""), OtlpText.Of(record.Body),
            record.TraceId.IsEmpty ? null : OtlpText.Hex(record.TraceId), record.SpanId.IsEmpty ? null : OtlpText.Hex(record.SpanId),
            OtlpText.Attributes(record.Attributes)));

    private static string Level(int severity) => severity switch
    {
        <= 4 => "trace",
        <= 8 => "debug",
        <= 12 => "information",
        <= 16 => "warning",
        <= 20 => "error",
        _ => "critical",
    };
}

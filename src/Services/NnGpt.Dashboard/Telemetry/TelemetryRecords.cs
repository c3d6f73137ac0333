using System.Text.Json.Serialization;

namespace NnGpt.Dashboard.Telemetry;

/// <summary>A structured log record. Level: trace, debug, information, warning, error or critical.</summary>
internal sealed record LogEntry(
    double Time, string Service, string Instance, string Level, string Category, string Message, string? TraceId, string? SpanId,
    IReadOnlyDictionary<string, string> Attributes);

/// <summary>A span; times in Unix milliseconds.</summary>
internal sealed record SpanEntry(
    string TraceId, string SpanId, string? ParentId, string Name, string Kind, string Service, string Instance, string Scope, double Start, double End,
    string? Error, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<SpanEvent> Events);

internal sealed record SpanEvent(double Time, string Name, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A trace as a line of the list. Candidate: whose way it is, when it is one.</summary>
internal sealed record TraceSummary(
    string TraceId, string Name, string? Candidate, double Start, double End, int Spans, int Errors, IReadOnlyList<string> Services);

/// <summary>An instrument that values have come of. Kind: gauge, counter, updown or histogram.</summary>
internal sealed record Instrument(string Name, string Unit, string Description, string Kind, string Meter, int Series);

/// <summary>
/// A series of an instrument. Points are [time, value], of histograms [time, count, sum, p50, p90, p99] where the quantiles
/// are those of the interval that ends there.
/// </summary>
internal sealed record MetricSeries(string Instance, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<double?[]> Points);

internal sealed record LogBatch(bool Reset, IReadOnlyList<LogEntry> Records);

internal sealed record SpanList(IReadOnlyList<SpanEntry> Spans);

internal sealed record TraceList(IReadOnlyList<TraceSummary> Traces);

internal sealed record InstrumentList(IReadOnlyList<Instrument> Instruments);

internal sealed record MetricState(Instrument? Instrument, IReadOnlyList<MetricSeries> Series);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogBatch))]
[JsonSerializable(typeof(SpanList))]
[JsonSerializable(typeof(TraceList))]
[JsonSerializable(typeof(InstrumentList))]
[JsonSerializable(typeof(MetricState))]
internal sealed partial class TelemetryJson : JsonSerializerContext;

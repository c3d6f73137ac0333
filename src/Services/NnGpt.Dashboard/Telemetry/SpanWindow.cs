using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using NnGpt.Dashboard.Live;
using NnGpt.Dashboard.Telemetry.Otlp;
using NnGpt.ServiceDefaults.Telemetry;

namespace NnGpt.Dashboard.Telemetry;

/// <summary>
/// The last spans, by trace. The services' own spans, which a candidate's trace is made of, and those of requests have a
/// window each: whoever asks the Coordinator often does not push the candidates out.
/// </summary>
internal sealed partial class SpanWindow(IOptions<DashboardOptions> options)
{
    private const int MaxEvents = 32;
    private const int MaxListedCandidates = 500;
    private const int MaxListedOthers = 200;
    private const int ShareOfRequests = 4;

    private static readonly string[] s_kinds = ["", "internal", "server", "client", "producer", "consumer"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<SpanEntry>> _traces = new(StringComparer.Ordinal);
    private readonly BoundedWindow<SpanEntry> _own = new(options.Value.MaxSpans - (options.Value.MaxSpans / ShareOfRequests));
    private readonly BoundedWindow<SpanEntry> _requests = new(options.Value.MaxSpans / ShareOfRequests);

    /// <summary>Told after spans were added.</summary>
    public ChangeSignal Changes { get; } = new();

    public void Add(TracesData data)
    {
        var spans = from resource in data.ResourceSpans
                    let source = OtlpText.Source(resource.Resource)
                    from scope in resource.ScopeSpans
                    from span in scope.Spans
                    where span.TraceId.Length == 16 && span.SpanId.Length == 8
                    select Read(span, source, scope.Scope?.Name ?? "");
        lock (_lock)
        {
            var added = spans.ToList();
            foreach (var span in added)
            {
                if (!_traces.TryGetValue(span.TraceId, out var trace))
                    _traces[span.TraceId] = trace = [];
                trace.Add(span);
            }
            _own.Add(added.Where(IsOwn), Forget);
            _requests.Add(added.Where(span => !IsOwn(span)), Forget);
        }
        Changes.Notify();
    }

    /// <summary>The spans of a trace by their start; empty when nothing of it is known.</summary>
    public IReadOnlyList<SpanEntry> Find(string traceId)
    {
        lock (_lock)
            return _traces.TryGetValue(traceId, out var spans) ? [.. spans.OrderBy(span => span.Start)] : [];
    }

    /// <summary>The traces that began last; of candidates and of others so many each.</summary>
    public IReadOnlyList<TraceSummary> List()
    {
        lock (_lock)
        {
            var traces = _traces.Select(trace => Summarise(trace.Key, trace.Value)).OrderByDescending(trace => trace.Start).ToLookup(trace => trace.Candidate is not null);
            return [.. traces[true].Take(MaxListedCandidates).Concat(traces[false].Take(MaxListedOthers)).OrderByDescending(trace => trace.Start)];
        }
    }

    private static bool IsOwn(SpanEntry span) => span.Scope == NnGptTelemetry.Name;

    private void Forget(SpanEntry span)
    {
        var trace = _traces[span.TraceId];
        trace.Remove(span);
        if (trace.Count == 0)
            _traces.Remove(span.TraceId);
    }

    private static SpanEntry Read(Span span, (string Service, string Instance) source, string scope) => new(
        OtlpText.Hex(span.TraceId), OtlpText.Hex(span.SpanId), span.ParentSpanId.IsEmpty ? null : OtlpText.Hex(span.ParentSpanId),
        OtlpText.Shorten(span.Name), span.Kind is > 0 and <= 5 ? s_kinds[span.Kind] : "internal", source.Service, source.Instance, OtlpText.Shorten(scope),
        span.StartTimeUnixNano / 1e6, Math.Max(span.StartTimeUnixNano, span.EndTimeUnixNano) / 1e6,
        span.Status is { Code: 2 } status ? OtlpText.Shorten(status.Message.Length > 0 ? status.Message : "error") : null,
        OtlpText.Attributes(span.Attributes),
        [.. span.Events.Take(MaxEvents).Select(e => new SpanEvent(e.TimeUnixNano / 1e6, OtlpText.Shorten(e.Name), OtlpText.Attributes(e.Attributes)))]);

    private static TraceSummary Summarise(string id, List<SpanEntry> spans)
    {
        var first = spans.MinBy(span => span.Start)!;
        string? candidate = spans
            .Select(span => span.Attributes.TryGetValue("messaging.message.id", out string? message) ? CandidateId().Match(message) : null)
            .FirstOrDefault(match => match is { Success: true })?.Groups[1].Value;
        return new TraceSummary(
            id, first.Name, candidate, first.Start, spans.Max(span => span.End), spans.Count, spans.Count(span => span.Error is not null),
            [.. spans.OrderBy(span => span.Start).Select(span => span.Service).Distinct()]);
    }

    // candidate.generated:smoke-1-c00-003
    [GeneratedRegex("^(?:candidate\\.\\w+|rescore):([\\w-]+-c\\d+-\\d+)")]
    private static partial Regex CandidateId();
}

using Microsoft.Extensions.Options;
using NnGpt.Dashboard.Live;
using NnGpt.Dashboard.Telemetry.Otlp;

namespace NnGpt.Dashboard.Telemetry;

/// <summary>The last values of every metric.</summary>
internal sealed class MetricWindow(IOptions<DashboardOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Instrument Instrument, Dictionary<string, MetricHistory> Series)> _instruments = new(StringComparer.Ordinal);
    private int _series;

    public ChangeSignal Changes { get; } = new();

    public void Add(MetricsData data)
    {
        lock (_lock)
        {
            foreach (var resource in data.ResourceMetrics)
            {
                var (_, instance) = OtlpText.Source(resource.Resource);
                foreach (var scope in resource.ScopeMetrics)
                {
                    foreach (var metric in scope.Metrics)
                        Add(instance, scope.Scope?.Name ?? "", metric);
                }
            }
        }
        Changes.Notify();
    }

    public IReadOnlyList<Instrument> List()
    {
        lock (_lock)
            return [.. _instruments.Values.Select(entry => entry.Instrument with { Series = entry.Series.Count }).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    public MetricState Find(string name)
    {
        lock (_lock)
        {
            return _instruments.TryGetValue(name, out var entry)
                ? new MetricState(entry.Instrument with { Series = entry.Series.Count }, [.. entry.Series.Values.Select(series => series.Read())])
                : new MetricState(null, []);
        }
    }

    private void Add(string instance, string meter, Metric metric)
    {
        string kind = metric.DataCase switch
        {
            Metric.DataOneofCase.Gauge => "gauge",
            Metric.DataOneofCase.Sum => metric.Sum.IsMonotonic ? "counter" : "updown",
            Metric.DataOneofCase.Histogram => "histogram",
            _ => "",
        };
        if (kind.Length == 0)
            return;
        string name = OtlpText.Shorten(metric.Name);
        if (!_instruments.TryGetValue(name, out var entry))
        {
            entry = (new Instrument(name, OtlpText.Shorten(metric.Unit), OtlpText.Shorten(metric.Description), kind, OtlpText.Shorten(meter), 0), new(StringComparer.Ordinal));
            if (_series >= options.Value.MaxSeries)
                return;
            _instruments[name] = entry;
        }
        foreach (var point in metric.Gauge?.DataPoints ?? metric.Sum?.DataPoints ?? [])
            Series(entry.Series, instance, point.Attributes)?.Add(point.TimeUnixNano / 1e6, point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble);
        foreach (var point in metric.Histogram?.DataPoints ?? [])
            Series(entry.Series, instance, point.Attributes)?.Add(point);
    }

    private MetricHistory? Series(Dictionary<string, MetricHistory> all, string instance, IEnumerable<KeyValue> pairs)
    {
        var attributes = OtlpText.Attributes(pairs);
        string key = string.Join('\u001f', attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}").Prepend(instance));
        if (all.TryGetValue(key, out var series))
            return series;
        if (_series >= options.Value.MaxSeries)
            return null;
        _series++;
        return all[key] = new MetricHistory(instance, attributes, options.Value.MaxPoints);
    }
}

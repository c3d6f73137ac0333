using NnGpt.Dashboard.Telemetry.Otlp;

namespace NnGpt.Dashboard.Telemetry;

/// <summary>The last points of one series.</summary>
internal sealed class MetricHistory(string instance, IReadOnlyDictionary<string, string> attributes, int capacity)
{
    private readonly Queue<double?[]> _points = new();
    private ulong[]? _buckets;

    public void Add(double time, double value) => Enqueue([time, value]);

    public void Add(HistogramDataPoint point)
    {
        ulong[] now = [.. point.BucketCounts];
        ulong[] interval = _buckets is { } before && before.Length == now.Length && now.Zip(before).All(pair => pair.First >= pair.Second)
            ? [.. now.Zip(before, (n, b) => n - b)]
            : now;
        _buckets = now;
        Enqueue([
            point.TimeUnixNano / 1e6, point.Count, point.Sum,
            Quantile(interval, point.ExplicitBounds, 0.5), Quantile(interval, point.ExplicitBounds, 0.9), Quantile(interval, point.ExplicitBounds, 0.99),
        ]);
    }

    public MetricSeries Read() => new(instance, attributes, [.. _points]);

    // Linear within the bucket; null when nothing fell into the interval. The last bucket has no upper bound.
    private static double? Quantile(ulong[] counts, IReadOnlyList<double> bounds, double q)
    {
        double total = counts.Sum(count => (double)count);
        if (total == 0 || bounds.Count != counts.Length - 1)
            return null;
        double rank = q * total, below = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (below + counts[i] >= rank && counts[i] > 0)
            {
                double low = i == 0 ? Math.Min(0, bounds.Count > 0 ? bounds[0] : 0) : bounds[i - 1];
                return i == bounds.Count ? low : low + ((bounds[i] - low) * (rank - below) / counts[i]);
            }
            below += counts[i];
        }
        return bounds.Count > 0 ? bounds[^1] : null;
    }

    private void Enqueue(double?[] point)
    {
        _points.Enqueue(point);
        if (_points.Count > capacity)
            _points.Dequeue();
    }
}

using Google.Protobuf;
using Microsoft.Extensions.Options;
using NnGpt.Dashboard.Telemetry;
using NnGpt.Dashboard.Telemetry.Otlp;

namespace NnGpt.Dashboard.Tests.Telemetry;

public sealed class WindowTests
{
    private static readonly ulong s_second = 1_000_000_000;

    [Fact]
    public void After_MoreThanTheCapacity_GivesTheLast()
    {
        var window = new BoundedWindow<int>(3);
        var dropped = new List<int>();

        window.Add([1, 2, 3, 4, 5], dropped.Add);

        Assert.Equal([1, 2], dropped);
        Assert.Equal([3, 4, 5], window.After(0, 10).Items);
        Assert.Equal((5, 0), (window.After(4, 10).Last, window.After(5, 10).Items.Count));
        Assert.Equal([3, 4], window.After(0, 2).Items);
    }

    [Fact]
    public async Task After_WritersAndReaderAtOnce_LosesNothingThatFits()
    {
        var window = new BoundedWindow<int>(100_000);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            () =>
            {
                for (int i = 0; i < 1_000; i++)
                    window.Add([(writer * 1_000) + i]);
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal(Enumerable.Range(0, 4_000), window.After(0, int.MaxValue).Items.Order());
    }

    [Fact]
    public void Add_LogRecord_KeepsItsValues()
    {
        var window = new LogWindow(Options(logs: 10));
        window.Add(Logs(new LogRecord
        {
            TimeUnixNano = 2 * s_second,
            SeverityNumber = 13,
            Body = Text("hello 3"),
            TraceId = ByteString.CopyFrom(Enumerable.Repeat((byte)0xab, 16).ToArray()),
            Attributes = { new KeyValue { Key = "Count", Value = new AnyValue { IntValue = 3 } } },
        }));

        var record = Assert.Single(window.Records.After(0, 10).Items);
        Assert.Equal((2000.0, "trainer", "host:1", "warning", "NnGpt.Some", "hello 3"), (record.Time, record.Service, record.Instance, record.Level, record.Category, record.Message));
        Assert.Equal(string.Concat(Enumerable.Repeat("ab", 16)), record.TraceId);
        Assert.Equal("3", record.Attributes["Count"]);
    }

    [Fact]
    public void Add_LongTextsAndManyAttributes_AreCut()
    {
        var window = new LogWindow(Options(logs: 10));
        var record = new LogRecord { Body = Text(new string('x', 100_000)) };
        for (int i = 0; i < 1_000; i++)
            record.Attributes.Add(new KeyValue { Key = $"a{i}", Value = Text("v") });

        window.Add(Logs(record));

        var kept = Assert.Single(window.Records.After(0, 10).Items);
        Assert.InRange(kept.Message.Length, 1_000, 10_000);
        Assert.InRange(kept.Attributes.Count, 10, 100);
    }

    [Fact]
    public void Find_SpansOfATrace_AreInTheOrderOfTheirStart()
    {
        var window = new SpanWindow(Options(spans: 10));
        window.Add(Spans(Span(1, 2, 20), Span(1, 1, 10), Span(2, 3, 5)));

        Assert.Equal([10.0, 20.0], window.Find(Id(1)).Select(span => span.Start));
        Assert.Equal([Id(1), Id(2)], window.List().Select(trace => trace.TraceId));
        Assert.Empty(window.Find(Id(9)));
    }

    [Fact]
    public void Add_MoreSpansThanTheWindow_ForgetsTheFirstTraces()
    {
        var window = new SpanWindow(Options(spans: 120));
        for (int trace = 1; trace <= 50; trace++)
            window.Add(Spans([.. Enumerable.Range(1, 10).Select(span => Span(trace, span, trace))]));

        Assert.Equal(9, window.List().Count);
        Assert.Empty(window.Find(Id(1)));
        Assert.Equal(10, window.Find(Id(50)).Count);
    }

    [Fact]
    public void Add_MoreRequestsThanTheWindow_KeepsTheCandidate()
    {
        var window = new SpanWindow(Options(spans: 2_000));
        window.Add(Spans(CandidateSpan(1, "smoke-1-c00-003")));
        for (int trace = 2; trace <= 5_000; trace++)
            window.Add(Spans("Microsoft.AspNetCore", Span(trace, 1, trace)));

        Assert.Single(window.Find(Id(1)));
        Assert.Equal("smoke-1-c00-003", window.List()[^1].Candidate);
        Assert.Empty(window.Find(Id(2)));
        Assert.Single(window.Find(Id(5_000)));
    }

    [Fact]
    public void List_TraceOfACandidate_NamesIt()
    {
        var window = new SpanWindow(Options(spans: 10));
        window.Add(Spans(CandidateSpan(1, "smoke-1-c00-003")));

        Assert.Equal("smoke-1-c00-003", Assert.Single(window.List()).Candidate);
    }

    [Fact]
    public void Add_SpanWithAnIdOfTheWrongLength_IsSkipped()
    {
        var window = new SpanWindow(Options(spans: 10));
        var span = Span(1, 1, 1);
        span.TraceId = ByteString.CopyFrom(1, 2, 3);
        window.Add(Spans(span));

        Assert.Empty(window.List());
    }

    [Fact]
    public void Add_SeriesBeyondTheLimit_AreNotTaken()
    {
        var window = new MetricWindow(Options(series: 20));
        for (int i = 0; i < 100; i++)
            window.Add(Gauge("queue.depth", i, i));

        Assert.Equal(20, window.Find("queue.depth").Series.Count);
    }

    [Fact]
    public void Add_PointsBeyondTheLimit_ForgetTheFirst()
    {
        var window = new MetricWindow(Options(points: 5));
        for (int i = 0; i < 12; i++)
            window.Add(Gauge("queue.depth", 0, i));

        var series = Assert.Single(window.Find("queue.depth").Series);
        Assert.Equal([7.0, 8, 9, 10, 11], series.Points.Select(point => point[1]));
        Assert.Equal("gauge", Assert.Single(window.List()).Kind);
    }

    [Fact]
    public void Add_Histogram_HasTheQuantilesOfTheInterval()
    {
        var window = new MetricWindow(Options());
        window.Add(Histogram(1, [10, 0, 0]));
        window.Add(Histogram(2, [10, 10, 0]));

        // All of the second interval fell between 1 and 2.
        var points = Assert.Single(window.Find("duration").Series).Points;
        Assert.Equal(1.5, points[1][3]!.Value, 6);
        Assert.Equal(20, points[1][1]);
    }

    private static IOptions<DashboardOptions> Options(int logs = 100, int spans = 100, int series = 100, int points = 10) =>
        Microsoft.Extensions.Options.Options.Create(new DashboardOptions { MaxLogRecords = logs, MaxSpans = spans, MaxSeries = series, MaxPoints = points });

    private static AnyValue Text(string text) => new() { StringValue = text };

    private static Resource Source() => new()
    {
        Attributes = { new KeyValue { Key = "service.name", Value = Text("trainer") }, new KeyValue { Key = "service.instance.id", Value = Text("host:1") } },
    };

    private static LogsData Logs(LogRecord record) => new()
    {
        ResourceLogs = { new ResourceLogs { Resource = Source(), ScopeLogs = { new ScopeLogs { Scope = new InstrumentationScope { Name = "NnGpt.Some" }, LogRecords = { record } } } } },
    };

    private static string Id(int trace) => trace.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    private static Span Span(int trace, int span, int milliseconds) => new()
    {
        TraceId = ByteString.CopyFrom(Convert.FromHexString(Id(trace))),
        SpanId = ByteString.CopyFrom(Convert.FromHexString(span.ToString("x16", System.Globalization.CultureInfo.InvariantCulture))),
        Name = "work",
        Kind = 5,
        StartTimeUnixNano = (ulong)milliseconds * 1_000_000,
        EndTimeUnixNano = ((ulong)milliseconds + 1) * 1_000_000,
    };

    private static Span CandidateSpan(int trace, string candidate)
    {
        var span = Span(trace, 1, 1);
        span.Attributes.Add(new KeyValue { Key = "messaging.message.id", Value = Text($"candidate.generated:{candidate}") });
        return span;
    }

    private static TracesData Spans(params Span[] spans) => Spans("NnGpt", spans);

    private static TracesData Spans(string scope, params Span[] spans) => new()
    {
        ResourceSpans = { new ResourceSpans { Resource = Source(), ScopeSpans = { new ScopeSpans { Scope = new InstrumentationScope { Name = scope }, Spans = { spans } } } } },
    };

    private static MetricsData Metrics(Metric metric) => new()
    {
        ResourceMetrics = { new ResourceMetrics { Resource = Source(), ScopeMetrics = { new ScopeMetrics { Scope = new InstrumentationScope { Name = "NnGpt" }, Metrics = { metric } } } } },
    };

    private static MetricsData Gauge(string name, int series, double value) => Metrics(new Metric
    {
        Name = name,
        Gauge = new Gauge { DataPoints = { new NumberDataPoint { TimeUnixNano = s_second, AsDouble = value, Attributes = { new KeyValue { Key = "queue", Value = Text($"q{series}") } } } } },
    });

    private static MetricsData Histogram(ulong second, ulong[] buckets) => Metrics(new Metric
    {
        Name = "duration",
        Histogram = new Histogram
        {
            DataPoints = { new HistogramDataPoint { TimeUnixNano = second * s_second, Count = (ulong)buckets.Sum(count => (double)count), Sum = 1, BucketCounts = { buckets }, ExplicitBounds = { 1, 2 } } },
        },
    });
}

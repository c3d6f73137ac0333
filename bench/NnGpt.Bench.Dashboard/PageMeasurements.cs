using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.Playwright;
using NnGpt.Dashboard.Telemetry.Otlp;
using NnGpt.Dashboard.Tests.Browser;
using NnGpt.Dashboard.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace NnGpt.Bench.Dashboard;

/// <summary>Times as the page sees them: from the event to the frame that shows its effect.</summary>
internal static class PageMeasurements
{
    private const int RecordsInRequest = 5_000;

    // Does something and waits for the frame after the one that drew what it waits for.
    private const string TimeUntil =
        """
        async ([act, shows]) => {
          const done = new Function("return (" + shows + ")");
          const start = performance.now();
          new Function(act)();
          while (!done()) await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          return performance.now() - start;
        }
        """;

    // Scrolls a list a screen a frame and returns the times between frames.
    private const string ScrollFrames =
        """
        async (selector) => {
          const list = document.querySelector(selector);
          const frames = [];
          list.scrollTop = 0;
          let last = await new Promise(requestAnimationFrame);
          for (let i = 0; i < 200; i++) {
            list.scrollTop += list.clientHeight;
            const now = await new Promise(requestAnimationFrame);
            frames.push(now - last);
            last = now;
          }
          return frames;
        }
        """;

    public static async Task FirstLoadAsync(Browsing browsing, DashboardProcess dashboard, int rounds)
    {
        var times = new List<double>();
        double scripts = 0, all = 0, shift = 0;
        for (int i = 0; i <= rounds; i++)
        {
            // A new context has an empty cache. The first round warms the service and is not counted.
            await using var window = await browsing.OpenAsync(dashboard.LoginAddress);
            await Expect(window.Page.Locator("main tbody tr").First).ToBeVisibleAsync();
            var figures = await window.Page.EvaluateAsync<JsonElement>(
                """
                () => new Promise(done => new PerformanceObserver(list => {
                  const resources = performance.getEntriesByType("resource");
                  const size = of => of.reduce((sum, one) => sum + one.encodedBodySize, 0);
                  const navigation = performance.getEntriesByType("navigation")[0];
                  done({ paint: list.getEntries().at(-1).startTime, scripts: size(resources.filter(one => /\.js$/.test(one.name))), all: size(resources) + navigation.encodedBodySize,
                    shift: performance.getEntriesByType("layout-shift").reduce((sum, one) => sum + one.value, 0) });
                }).observe({ type: "largest-contentful-paint", buffered: true }))
                """);
            if (i > 0)
                times.Add(figures.GetProperty("paint").GetDouble());
            (scripts, all, shift) = (figures.GetProperty("scripts").GetDouble(), figures.GetProperty("all").GetDouble(), figures.GetProperty("shift").GetDouble());
        }
        Print("first page: script, compressed", $"{scripts / 1000:0.0} kB ({all / 1000:0.0} kB with everything)");
        Print("first page: from the request to the largest paint, with an empty cache", $"{Median(times):0} ms ({times.Min():0}..{times.Max():0})");
        Print("first page: layout shift", $"{shift:0.000}");
    }

    public static async Task CandidatesAsync(Browsing browsing, DashboardProcess dashboard, string experiment, int count, int rounds)
    {
        await using var window = await browsing.OpenAsync(dashboard.LoginAddress);
        string total = count.ToString("N0", CultureInfo.InvariantCulture);
        await window.Page.EvaluateAsync("performance.mark('go')");
        await window.GoAsync($"/experiments/{experiment}/candidates");
        await Expect(window.Page.Locator(".toolbar [role=status]")).ToHaveTextAsync($"{total} of {total}", new() { Timeout = Browsing.WorkMilliseconds });
        Print($"{total} candidates: from the link to all of them", $"{await window.Page.EvaluateAsync<double>("performance.now() - performance.getEntriesByName('go')[0].startTime"):0} ms");

        // What a user types comes as an input event.
        string type = "const box = document.querySelector('input[type=search]'); box.value = '{0}'; box.dispatchEvent(new Event('input', {{ bubbles: true }}))";
        string shown = "document.querySelector('.toolbar [role=status]').textContent";
        await RepeatAsync(window, rounds, $"{total} candidates: search", Format(type, "RuntimeError 17"), $"!{shown}.startsWith('{total}')", Format(type, ""), $"{shown}.startsWith('{total}')");
        string pick = "const list = document.querySelectorAll('.toolbar select')[1]; list.value = '{0}'; list.dispatchEvent(new Event('change', {{ bubbles: true }}))";
        await RepeatAsync(window, rounds, $"{total} candidates: filter", Format(pick, "admitted"), $"!{shown}.startsWith('{total}')", Format(pick, ""), $"{shown}.startsWith('{total}')");
        string sort = "[...document.querySelectorAll('[role=columnheader]')].find(head => head.textContent.startsWith('{0}')).querySelector('button').click()";
        string sorted = "[...document.querySelectorAll('[role=columnheader]')].find(head => head.textContent.startsWith('{0}')).ariaSort === 'descending'";
        await RepeatAsync(window, rounds, $"{total} candidates: sort", Format(sort, "Accuracy"), Format(sorted, "Accuracy"), Format(sort, "Candidate"), Format(sorted, "Candidate"));
        await ScrollAsync(window, $"{total} candidates");
        await MemoryAsync(window, dashboard, $"{total} candidates");
    }

    public static async Task LogsAsync(Browsing browsing, DashboardProcess dashboard, int count, int rounds)
    {
        long start = TimeProvider.System.GetTimestamp();
        for (int first = 0; first < count; first += RecordsInRequest)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Headers = { { "x-otlp-api-key", DashboardProcess.OtlpKey } } };
            request.Content = new ByteArrayContent(Records(first, RecordsInRequest).ToByteArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };
            using var answer = await dashboard.Client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
        string total = count.ToString("N0", CultureInfo.InvariantCulture);
        Print($"{total} log records: received by OTLP in", $"{TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0} ms");

        await using var window = await browsing.OpenAsync(dashboard.LoginAddress);
        await window.Page.EvaluateAsync("performance.mark('go')");
        await window.GoAsync("/logs");
        string shown = "document.querySelector('.toolbar [role=status]').textContent";
        await Expect(window.Page.Locator(".toolbar [role=status]")).ToContainTextAsync($"{total} records", new() { Timeout = Browsing.WorkMilliseconds });
        Print($"{total} log records: from the link to all of them", $"{await window.Page.EvaluateAsync<double>("performance.now() - performance.getEntriesByName('go')[0].startTime"):0} ms");
        string type = "const box = document.querySelector('input[type=search]'); box.value = '{0}'; box.dispatchEvent(new Event('input', {{ bubbles: true }}))";
        await RepeatAsync(window, rounds, $"{total} log records: search", Format(type, "c03-017"), $"!{shown}.startsWith('{total}')", Format(type, ""), $"{shown}.startsWith('{total}')");
        string pick = "const list = document.querySelectorAll('.toolbar select')[1]; list.value = '{0}'; list.dispatchEvent(new Event('change', {{ bubbles: true }}))";
        await RepeatAsync(window, rounds, $"{total} log records: filter by level", Format(pick, "warning"), $"!{shown}.startsWith('{total}')", Format(pick, "trace"), $"{shown}.startsWith('{total}')");
        await ScrollAsync(window, $"{total} log records");
        await MemoryAsync(window, dashboard, $"{total} log records");
    }

    private static async Task RepeatAsync(Window window, int rounds, string what, string act, string shows, string undo, string undone)
    {
        var times = new List<double>();
        for (int i = 0; i < rounds; i++)
        {
            times.Add(await window.Page.EvaluateAsync<double>(TimeUntil, new[] { act, shows }));
            await window.Page.EvaluateAsync<double>(TimeUntil, new[] { undo, undone });
        }
        Print(what, $"{Median(times):0} ms ({times.Min():0}..{times.Max():0})");
    }

    private static async Task ScrollAsync(Window window, string what)
    {
        double[] frames = await window.Page.EvaluateAsync<double[]>(ScrollFrames, ".rows");
        Array.Sort(frames);
        int rows = await window.Page.Locator(".rows-line").CountAsync();
        Print($"{what}: frames while scrolling a screen a frame", $"median {frames[frames.Length / 2]:0.0} ms, 95 % {frames[frames.Length * 95 / 100]:0.0} ms, longest {frames[^1]:0.0} ms; {rows} rows exist");
    }

    private static async Task MemoryAsync(Window window, DashboardProcess dashboard, string what)
    {
        var session = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        double heap = await window.Page.EvaluateAsync<double>("performance.memory.usedJSHeapSize");
        string resident = (await File.ReadAllLinesAsync($"/proc/{dashboard.Id}/status")).First(line => line.StartsWith("VmRSS", StringComparison.Ordinal));
        Print($"{what}: memory", $"page {heap / 1e6:0} MB of script's heap, service {int.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1000} MB resident");
    }

    private static LogsData Records(int first, int count)
    {
        var scope = new ScopeLogs { Scope = new InstrumentationScope { Name = "NnGpt.Trainer.Messaging.TrainHandler" } };
        for (int i = first; i < first + count; i++)
        {
            string candidate = $"quickstart-1-c{i / 100 % 10:00}-{i % 100:000}";
            scope.LogRecords.Add(new LogRecord
            {
                TimeUnixNano = 1_767_323_045_000_000_000 + ((ulong)i * 1_000_000),
                SeverityNumber = i % 50 == 0 ? 13 : 9,
                Body = new AnyValue { StringValue = $"{candidate}: accuracy {i % 1000 / 1000.0:0.000} after {i % 64} steps" },
                Attributes = { new KeyValue { Key = "Candidate", Value = new AnyValue { StringValue = candidate } }, new KeyValue { Key = "Steps", Value = new AnyValue { IntValue = i % 64 } } },
            });
        }
        var source = new Resource { Attributes = { new KeyValue { Key = "service.name", Value = new AnyValue { StringValue = "trainer" } } } };
        return new LogsData { ResourceLogs = { new ResourceLogs { Resource = source, ScopeLogs = { scope } } } };
    }

    private static string Format(string script, string value) => string.Format(CultureInfo.InvariantCulture, script, value);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(string what, string figure) => Console.WriteLine($"| {what} | {figure} |");
}

// The long run of the fuzzer of tests/NnGpt.Python.Tests: NnGpt.Python.Fuzz INPUTS [SEED] [FOLDER WITH SOURCES]
// Prints each .NET exception that is no error of the language, with the text that caused it, and figures at the end.
using System.Diagnostics;
using NnGpt.Python;
using NnGpt.Python.Tests.Fuzzing;

var inputs = args.Length > 0 ? int.Parse(args[0]) : 10_000;
var seed = args.Length > 1 ? int.Parse(args[1]) : 1;
var folder = args.Length > 2 ? args[2] : "tests/NnGpt.Python.Tests/Snippets";
string[] sources = [.. Directory.GetFiles(folder, "*.py").Order(StringComparer.Ordinal).SelectMany(f => ("\n" + File.ReadAllText(f)).Split("\n#: "))];
const int PerThread = 5000;
var known = new Dictionary<string, int>();
var (slowest, slowestSource) = (TimeSpan.Zero, "");
var clock = Stopwatch.StartNew();
for (var done = 0; done < inputs; done += PerThread)
{
    var random = new Random(unchecked(seed * 1_000_003 + done));
    LargeStackThread.Run(() =>
    {
        for (var i = 0; i < Math.Min(PerThread, inputs - done); i++)
            Try(FuzzTarget.Next(random, sources));
        return true;
    });
    if (done / PerThread % 10 == 0)
        Console.WriteLine($"{done + PerThread} inputs, {known.Count} faults, {clock.Elapsed.TotalSeconds:0} s");
}

Console.WriteLine($"{inputs} inputs from seed {seed}: {known.Count} distinct faults ({known.Values.Sum()} in all), slowest {slowest.TotalMilliseconds:0} ms, {clock.Elapsed.TotalSeconds:0} s");
if (slowest > TimeSpan.FromSeconds(5))
    Console.WriteLine(slowestSource);
return known.Count == 0 ? 0 : 1;

void Try(string source)
{
    var start = Stopwatch.GetTimestamp();
    try
    {
        FuzzTarget.Run(source, CancellationToken.None);
    }
    catch (Exception exception)
    {
        var key = $"{exception.GetType().Name} {exception.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("NnGpt"))?.Trim()}";
        known[key] = known.GetValueOrDefault(key) + 1;
        if (known[key] == 1)
            Console.WriteLine($"FAULT {key}\n{exception.Message}\n--- source\n{source}\n---");
    }

    var elapsed = Stopwatch.GetElapsedTime(start);
    if (elapsed > slowest)
        (slowest, slowestSource) = (elapsed, source);
}

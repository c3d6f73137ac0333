using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NnGpt.Corpus.Sampling;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

namespace NnGpt.Bench.Validation;

/// <summary>
/// The time from a file to its verdict: a warm sandboxed worker of NnGpt, and PyTorch in a fresh process, in a forked child of
/// a warm process, and in one warm process without any isolation. Each file is judged by all before the next.
/// </summary>
internal static class ValidationBench
{
    private const int Sampled = 24;
    private const int HandWritten = 30;
    private const int Fresh = 8;
    private static readonly string[] s_modes = ["fresh", "forked", "warm", "nngpt"];

    public static async Task RunAsync(int rounds)
    {
        using var folder = new TemporaryFolder();
        string[] written = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Validation", "Networks")).Order(StringComparer.Ordinal)];
        string[] files = [.. Sample(folder.Path), .. written.Where((_, i) => i * HandWritten / written.Length != (i + 1) * HandWritten / written.Length)];
        foreach (int learnSteps in (int[])[0, 2])
        {
            var times = await MeasureAsync(files, learnSteps, rounds);
            Print($"{Sampled} networks of the sampler, learn steps {learnSteps}", files.Take(Sampled), times);
            Print($"{files.Length - Sampled} hand-written networks, most of them wrong, learn steps {learnSteps}", files.Skip(Sampled), times);
        }
    }

    private static async Task<Dictionary<(string File, string Mode), List<double>>> MeasureAsync(string[] files, int learnSteps, int rounds)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Validation", "judge.py");
        using var forked = new LineServer(LineServer.Python, script, "forked", learnSteps.ToString(CultureInfo.InvariantCulture));
        using var warm = new LineServer(LineServer.Python, script, "warm", learnSteps.ToString(CultureInfo.InvariantCulture));
        await using var pool = new WorkerPool(new WorkerPoolOptions(), NullLogger<WorkerPool>.Instance, TimeProvider.System);
        await pool.WarmUpAsync(CancellationToken.None);
        var times = files.SelectMany(file => s_modes.Select(mode => (file, mode))).ToDictionary(key => key, _ => new List<double>());
        HashSet<string> fresh = learnSteps > 0 ? [] : [.. files.Take(Fresh), .. files.Skip(Sampled).Take(Fresh)];
        // The first round is for warming up.
        for (int round = 0; round <= rounds; round++)
        {
            foreach (string file in files)
            {
                foreach (string mode in s_modes)
                {
                    // A fresh process takes a second, and its time does not depend on what came before it.
                    if (mode == "fresh" && (round != 1 || !fresh.Contains(file)))
                    {
                        continue;
                    }
                    long begin = Stopwatch.GetTimestamp();
                    switch (mode)
                    {
                        case "fresh":
                            LineServer.RunOnce(LineServer.Python, script, "fresh", learnSteps.ToString(CultureInfo.InvariantCulture), file);
                            break;
                        case "forked":
                            forked.Ask(file);
                            break;
                        case "warm":
                            warm.Ask(file);
                            break;
                        default:
                            await JudgeAsync(pool, file, learnSteps);
                            break;
                    }
                    if (round > 0)
                    {
                        times[(file, mode)].Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                    }
                }
            }
        }
        return times;
    }

    private static async Task JudgeAsync(WorkerPool pool, string file, int learnSteps)
    {
        var request = new ValidateRequest
        {
            Source = await File.ReadAllTextAsync(file),
            Limits = new LimitSettings { Parameters = long.MaxValue, MacsPerImage = long.MaxValue, ValidationSeconds = 60 },
            Contract = new ContractSettings { InShape = { 2, 3, 32, 32 }, Classes = 10, LearnSteps = learnSteps },
        };
        await pool.RunAsync(new WorkerRequest { Validate = request }, TimeSpan.FromSeconds(90), CancellationToken.None);
    }

    private static List<string> Sample(string folder)
    {
        var sampler = new ArchitectureSampler(1);
        List<string> files = [];
        while (files.Count < Sampled)
        {
            string file = Path.Combine(folder, $"{files.Count:00}.py");
            File.WriteAllText(file, sampler.Next().Source);
            files.Add(file);
        }
        return files;
    }

    private static void Print(string title, IEnumerable<string> files, Dictionary<(string File, string Mode), List<double>> times)
    {
        Console.WriteLine($"\n{title}\n\n| | median ms a file | mean of the files' medians | NnGpt is faster by (median of the files' ratios) |\n|---|---|---|---|");
        foreach (string mode in s_modes)
        {
            string[] measured = [.. files.Where(file => times[(file, mode)].Count > 0)];
            if (measured.Length == 0)
            {
                continue;
            }
            double[] medians = [.. measured.Select(file => Statistics.Median(times[(file, mode)]))];
            double ratio = Statistics.Median(measured.Select(file => Statistics.Median(times[(file, mode)]) / Statistics.Median(times[(file, "nngpt")])));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Name(mode)} | {Statistics.Median(medians):0.0} | {medians.Average():0.0} | {(mode == "nngpt" ? "" : $"{ratio:0.0}x")} |"));
        }
    }

    private static string Name(string mode) => mode switch
    {
        "fresh" => "PyTorch, a fresh process a file",
        "forked" => "PyTorch, forked from a warm process",
        "warm" => "PyTorch, one warm process, not isolated",
        _ => "NnGpt, a warm sandboxed worker",
    };
}

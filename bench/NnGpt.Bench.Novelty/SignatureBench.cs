using System.Diagnostics;
using System.Text.Json;
using NnGpt.Corpus.Sampling;
using NnGpt.Novelty.MinHash;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Bench.Novelty;

/// <summary>Signatures per second of processor time on one core, against datasketch's scheme in scalar C# and in numpy, in one run.</summary>
internal static class SignatureBench
{
    private const int Rounds = 25;
    private const string Python = "/usr/bin/python3";

    public static void Run()
    {
        var sampler = new ArchitectureSampler(1);
        string[] sources = [.. Enumerable.Range(0, 400).Select(_ => sampler.Next().Source)];
        var tokens = sources.Select(Tokens).ToArray();
        ulong[][] shingles = [.. sources.Select(s => PythonShingles.Read(s))];
        Console.WriteLine(
            $"{sources.Length} sampled networks, {sources.Average(s => s.Length):0} characters, {tokens.Average(t => t.Length):0} tokens, {shingles.Average(s => s.Distinct().Count()):0} distinct shingles each; 256 permutations");

        var reference = new DatasketchReference(256);
        string[][] grams = [.. tokens.Select(Grams)];
        var kernels = Enum.GetValues<MinHashKernel>().ToDictionary(k => k, k => new MinHasher(256, k));
        var (pythonTokenize, pythonSign) = AskPython(sources);

        // Interleaved, best of the rounds, in processor time: what else runs on the machine slows some of them.
        double scalar = double.MaxValue, scalarAll = double.MaxValue, all = double.MaxValue, scan = double.MaxValue;
        var ours = kernels.Keys.ToDictionary(k => k, _ => double.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            scalar = Math.Min(scalar, Time(40, i => reference.Sign(grams[i])));
            scalarAll = Math.Min(scalarAll, Time(40, i => reference.Sign(Grams(Tokens(sources[i])))));
            foreach (var (kernel, hasher) in kernels)
                ours[kernel] = Math.Min(ours[kernel], Time(sources.Length, i => hasher.Sign(shingles[i])));
            all = Math.Min(all, Time(sources.Length, i => kernels[MinHashKernels.Best].SignSource(sources[i])));
            scan = Math.Min(scan, Time(sources.Length, i => PythonShingles.Read(sources[i])));
        }

        Console.WriteLine("| signatures | per second | x scalar datasketch | x numpy datasketch |");
        Console.WriteLine("|---|---|---|---|");
        double numpy = pythonSign / sources.Length, numpyAll = (pythonTokenize + pythonSign) / sources.Length;
        Row("numpy datasketch, shingles given", numpy, scalar, numpy);
        Row("scalar datasketch, shingles given", scalar, scalar, numpy);
        foreach (var (kernel, seconds) in ours)
            Row($"NnGpt {kernel}, shingles given", seconds, scalar, numpy);
        Row("numpy datasketch, CPython's tokenize included", numpyAll, scalarAll, numpyAll);
        Row("scalar datasketch, our tokens included", scalarAll, scalarAll, numpyAll);
        Row("NnGpt, from the source", all, scalarAll, numpyAll);
        Console.WriteLine(
            $"tokens and shingles alone: {sources.Average(s => s.Length) / scan / 1e6:0} million characters a second, {1e9 * scan / shingles.Average(s => s.Length):0.0} ns a token; "
            + $"minima: {1e9 * ours[MinHashKernels.Best] / shingles.Average(s => s.Length):0.0} ns a shingle");
    }

    private static void Row(string name, double seconds, double scalar, double numpy) =>
        Console.WriteLine($"| {name} | {1 / seconds:N0} | {scalar / seconds:0.0} | {(double.IsNaN(numpy) ? "-" : $"{numpy / seconds:0.0}")} |");

    private static double Time(int count, Func<int, object> sign)
    {
        object? kept = null;
        double start = ThreadClock.Seconds;
        for (int i = 0; i < count; i++)
            kept = sign(i);
        double seconds = (ThreadClock.Seconds - start) / count;
        GC.KeepAlive(kept);
        return seconds;
    }

    private static string[] Tokens(string source)
    {
        var text = PythonTokenScanner.NormalizeLineEnds(source);
        var scanner = new PythonTokenScanner(text);
        var tokens = new List<string>();
        while (scanner.MoveNext())
            tokens.Add(text[scanner.Start..scanner.End].ToString());
        return [.. tokens];
    }

    private static string[] Grams(string[] tokens) =>
        [.. Enumerable.Range(0, Math.Max(1, tokens.Length - 9)).Select(i => string.Join(' ', tokens.AsSpan(i, Math.Min(10, tokens.Length - i)))).Distinct()];

    private static (double Tokenize, double Sign) AskPython(string[] sources)
    {
        if (!File.Exists(Python))
            return (double.NaN, double.NaN);
        using var process = Process.Start(new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "datasketch_like.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.Write(JsonSerializer.Serialize(sources));
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            return (double.NaN, double.NaN);
        using var answer = JsonDocument.Parse(output);
        return (answer.RootElement.GetProperty("tokenize").GetDouble(), answer.RootElement.GetProperty("sign").GetDouble());
    }
}

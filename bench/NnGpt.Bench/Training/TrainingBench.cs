using System.Globalization;
using NnGpt.Sandbox;

namespace NnGpt.Bench.Training;

/// <summary>
/// A training step of typical candidates: learn() as PyTorch runs it and as NnGpt does, one thread each, same batches, in turns.
/// </summary>
internal static class TrainingBench
{
    private const int Batch = 64;
    private const int LargeBatch = 128;
    private const int Steps = 12;
    private const int WarmUp = 4;

    // The first runs are PyTorch's; ratios are to its float32.
    private static readonly string[] s_theirs = ["fp32", "bf16"];
    private static readonly string[] s_ours = ["exact", "fast", "bfloat16"];

    public static void Run(int rounds)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Training");
        using var python = new LineServer(LineServer.Python, Path.Combine(folder, "train.py"));
        using var own = new LineServer(Environment.ProcessPath!, WorkerTuning.Variables, [.. OwnProgram.Arguments, TrainingServer.Command]);
        Console.WriteLine($"batch {Batch} of 3x32x32, one thread, {rounds} rounds of {Steps - WarmUp} steps: median milliseconds of processor time a step, and the median of the rounds' ratios to PyTorch fp32\n");
        Console.WriteLine("| network | PyTorch fp32 | PyTorch bf16 | NnGpt exact | fast | bfloat16 | difference of the losses: exact, fast, bfloat16 |\n|---|---|---|---|---|---|---|");
        var all = s_theirs.Concat(s_ours).ToDictionary(mode => mode, _ => new List<double>());
        foreach (string file in Directory.GetFiles(Path.Combine(folder, "Networks"), "*.py").Order(StringComparer.Ordinal))
        {
            foreach (var (mode, ratio) in Compare(file, Batch, python, own, rounds))
            {
                all[mode].Add(ratio);
            }
        }
        Console.WriteLine($"| geometric mean | | {string.Join(" | ", all.Skip(1).Select(entry => Number(Statistics.GeometricMean(entry.Value)) + "x"))} | |");
        Compare(Path.Combine(folder, "Networks", "cnn.py"), LargeBatch, python, own, rounds);
    }

    private static Dictionary<string, double> Compare(string file, int batch, LineServer python, LineServer own, int rounds)
    {
        string[] modes = [.. s_theirs, .. s_ours];
        var times = modes.ToDictionary(mode => mode, _ => new List<double>());
        var ratios = modes.ToDictionary(mode => mode, _ => new List<double>());
        var differences = modes.ToDictionary(mode => mode, _ => 0.0);
        for (int round = 0; round < rounds; round++)
        {
            var answers = modes.ToDictionary(mode => mode, mode => Parse((s_theirs.Contains(mode) ? python : own).Ask($"{file} {mode} {batch} {Steps}")));
            var (reference, expected) = answers["fp32"];
            foreach (string mode in modes)
            {
                times[mode].Add(answers[mode].Median);
                ratios[mode].Add(answers[mode].Median / reference);
                differences[mode] = expected.Zip(answers[mode].Losses, (e, a) => Math.Abs(e - a) / Math.Abs(e)).Append(differences[mode]).Max();
            }
        }
        var result = ratios.ToDictionary(entry => entry.Key, entry => Statistics.Median(entry.Value));
        string cells = string.Join(" | ", modes.Select(mode => $"{Statistics.Median(times[mode]).ToString("0.0", CultureInfo.InvariantCulture)}{(mode == "fp32" ? "" : $" ({Number(result[mode])}x)")}"));
        string losses = string.Join(", ", s_ours.Select(mode => differences[mode] == 0 ? "0" : differences[mode].ToString("0e0", CultureInfo.InvariantCulture)));
        Console.WriteLine($"| {Path.GetFileNameWithoutExtension(file)}{(batch == Batch ? "" : $", batch {batch}")} | {cells} | {losses} |");
        return result;
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static (double Median, double[] Losses) Parse(string answer)
    {
        double[][] parts = [.. answer.Split('|').Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
        return (Statistics.Median(parts[0].Skip(WarmUp)), parts[1]);
    }
}

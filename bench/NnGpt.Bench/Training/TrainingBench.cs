using System.Globalization;

namespace NnGpt.Bench.Training;

/// <summary>
/// A training step of typical candidates: learn() as PyTorch runs it and as NnGpt does, one thread each, same batches, in turns.
/// </summary>
internal static class TrainingBench
{
    private const int Batch = 64;
    private const int Steps = 6;
    private const int WarmUp = 2;

    public static void Run(int rounds)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Training");
        using var python = new LineServer(LineServer.Python, Path.Combine(folder, "train.py"));
        // As WorkerCommand starts workers.
        var environment = new Dictionary<string, string>
        {
            ["ATEN_CPU_CAPABILITY"] = "avx2",
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_gcConcurrent"] = "0",
            ["DOTNET_TieredPGO"] = "0",
        };
        using var own = new LineServer(Environment.ProcessPath!, environment, [.. Host(), TrainingServer.Command]);
        Console.WriteLine($"batch {Batch} of 3x32x32, one thread, medians of {rounds} rounds x {Steps - WarmUp} steps\n");
        Console.WriteLine("| network | PyTorch fp32 ms | NnGpt fp32 ms | ratio | largest relative difference of the losses |\n|---|---|---|---|---|");
        List<double> ratios = [];
        foreach (string file in Directory.GetFiles(Path.Combine(folder, "Networks"), "*.py").Order(StringComparer.Ordinal))
        {
            ratios.Add(Compare(file, python, own, rounds));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| geometric mean | | | {Statistics.GeometricMean(ratios):0.00} | |"));
    }

    private static double Compare(string file, LineServer python, LineServer own, int rounds)
    {
        string question = $"{file} fp32 {Batch} {Steps}";
        List<double> theirs = [], ours = [], ratios = [];
        double difference = 0;
        for (int round = 0; round < rounds; round++)
        {
            var (their, expected) = Parse(python.Ask(question));
            var (our, actual) = Parse(own.Ask(question));
            theirs.Add(their);
            ours.Add(our);
            ratios.Add(our / their);
            difference = expected.Zip(actual, (e, a) => Math.Abs(e - a) / Math.Abs(e)).Append(difference).Max();
        }
        double ratio = Statistics.Median(ratios);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {Path.GetFileNameWithoutExtension(file)} | {Statistics.Median(theirs):0.0} | {Statistics.Median(ours):0.0} | {ratio:0.00} | {difference:0.0e0} |"));
        return ratio;
    }

    private static (double Median, double[] Losses) Parse(string answer)
    {
        double[][] parts = [.. answer.Split('|').Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
        return (Statistics.Median(parts[0].Skip(WarmUp)), parts[1]);
    }

    // Started as "dotnet NnGpt.Bench.dll" the program is dotnet, else the file itself.
    private static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(TrainingBench).Assembly.Location] : [];
}

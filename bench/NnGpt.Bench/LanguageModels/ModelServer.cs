using System.Diagnostics;
using System.Globalization;
using NnGpt.LanguageModel;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Sampling;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;

namespace NnGpt.Bench.LanguageModels;

/// <summary>The other side of eager.py: the same lines, answered by <see cref="Pretrainer"/>, <see cref="FineTuner"/> and <see cref="LlamaModel"/>.</summary>
internal static class ModelServer
{
    public const string Command = "serve-model";

    public static void Serve(TextReader input, TextWriter output)
    {
        var torch = TorchRuntime.SelfCheck();
        if (!torch.IsHealthy)
        {
            throw new InvalidOperationException(torch.Message);
        }
        int threads = int.Parse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS")!, CultureInfo.InvariantCulture);
        while (input.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ');
            int[] numbers = [.. parts.Skip(1).Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
            LlamaConfig config = ModelShape.Parse(numbers).Config;
            output.WriteLine(string.Join(';', parts[0] switch
            {
                "train" => Train(config, numbers[5], numbers[6], numbers[7], threads),
                "finetune" => FineTune(config, numbers[5], numbers[6], numbers[7], threads, OptimizerKind.AdamW),
                "finetune8" => FineTune(config, numbers[5], numbers[6], numbers[7], threads, OptimizerKind.AdamW8Bit),
                var sampling => Sample(sampling, config, numbers[5], numbers[6], numbers[7], threads),
            }));
            output.Flush();
        }
    }

    private static IEnumerable<string> Train(LlamaConfig config, int rows, int length, int steps, int threads)
    {
        Random random = new(1);
        int[] tokens = [.. Enumerable.Range(0, (rows + 2) * length * 2).Select(_ => random.Next(config.VocabSize))];
        PretrainingOptions options = new() { BatchSize = rows, BlockLength = length, Steps = steps + 1, ReportEvery = 1, Threads = threads, LearningRate = 1e-3 };
        Meter<PretrainingProgress> meter = new();
        using LlamaWeights weights = new Pretrainer(options, TimeProvider.System).Run(config, tokens, null, meter, CancellationToken.None);
        return meter.Steps;
    }

    private static IEnumerable<string> FineTune(LlamaConfig config, int rows, int length, int steps, int threads, OptimizerKind optimizer)
    {
        Random random = new(1);
        using LlamaWeights weights = LlamaWeights.Initialize(config, 1);
        FineTuningExample[] examples = [.. Enumerable.Range(0, rows * (steps + 1)).Select(_ =>
            new FineTuningExample([1], [.. Enumerable.Range(0, length).Select(_ => random.Next(config.VocabSize))]))];
        FineTuningOptions options = new() { BatchSize = rows, Epochs = 1, Threads = threads, MaxLength = length + 1, Optimizer = optimizer };
        Meter<FineTuningProgress> meter = new();
        using LoraAdapter adapter = new FineTuner(weights, options, TimeProvider.System).Run(new LoraConfig(), examples, null, null, meter, CancellationToken.None).Adapter;
        return meter.Steps;
    }

    private static IEnumerable<string> Sample(string kind, LlamaConfig config, int rows, int prompt, int count, int threads)
    {
        using LlamaModel model = new(LlamaWeights.Initialize(config, 1));
        TorchThreads.Count = Math.Min(threads, model.SamplingThreads);
        Random random = new(1);
        int[] tokens = [.. Enumerable.Range(0, prompt).Select(_ => random.Next(config.VocabSize))];
        // Prompts that differ in their first token share nothing.
        SamplingRequest[] requests = [.. Enumerable.Range(0, rows).Select(i =>
            new SamplingRequest(kind == "sample-unshared" ? [i, .. tokens.Skip(1)] : tokens, (ulong)i, null))];
        SamplingOptions Options(int tokens) => new() { MaxNewTokens = tokens, BatchSize = rows, Temperature = kind == "sample-greedy" ? 0 : 0.8, TopK = 50 };
        // The just-in-time compiler's work is not counted.
        model.Sample(requests, Options(64), null, CancellationToken.None);
        Meter<int> meter = new();
        meter.Report(0);
        model.Sample(requests, Options(count), null, CancellationToken.None);
        meter.Report(0);
        return meter.Steps;
    }

    /// <summary>Times between reports; what comes before the first is not counted.</summary>
    private sealed class Meter<T> : IProgress<T>
    {
        private readonly List<(long Wall, TimeSpan Processor)> _reports = [];

        public IEnumerable<string> Steps => _reports.Zip(_reports.Skip(1), static (a, b) => string.Create(
            CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(a.Wall, b.Wall).TotalMilliseconds:0.000} {(b.Processor - a.Processor).TotalMilliseconds:0.000}"));

        public void Report(T value) => _reports.Add((Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime));
    }
}

using System.Diagnostics;
using NnGpt.LanguageModel.Lora;
using NnGpt.Protocol.V1;

namespace NnGpt.FineTuner.Tuning;

/// <summary>Follows a fine-tuning: the mean loss of each epoch, and about once a second a report.</summary>
internal sealed class TuningMeter(long tokens, Func<FineTuneProgress, Task> report) : IProgress<FineTuningProgress>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private readonly List<List<double>> _losses = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _lastReport = Stopwatch.GetTimestamp();

    public IReadOnlyList<double> EpochLosses => [.. _losses.Select(epoch => epoch.Average())];

    public void Report(FineTuningProgress value)
    {
        while (_losses.Count <= value.Epoch)
        {
            _losses.Add([]);
        }

        _losses[value.Epoch].Add(value.Loss);
        if (Stopwatch.GetElapsedTime(_lastReport) < s_interval)
        {
            return;
        }

        _lastReport = Stopwatch.GetTimestamp();
        double elapsed = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        double done = (double)value.Step / value.Steps;
        report(new FineTuneProgress
        {
            Step = value.Step,
            Steps = value.Steps,
            Loss = value.Loss,
            TokensPerSecond = done * tokens / elapsed,
            SecondsLeft = elapsed / done - elapsed,
        }).GetAwaiter().GetResult();
    }
}

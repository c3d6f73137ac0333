using NnGpt.LanguageModel.Lora;
using NnGpt.Protocol.V1;

namespace NnGpt.FineTuner.Tuning;

/// <summary>Reports a fine-tuning about once a second.</summary>
internal sealed class TuningMeter(Func<FineTuneProgress, Task> report, TimeProvider time) : IProgress<FineTuningProgress>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private long _lastReport = time.GetTimestamp();

    public void Report(FineTuningProgress value)
    {
        if (time.GetElapsedTime(_lastReport) < s_interval)
        {
            return;
        }

        _lastReport = time.GetTimestamp();
        report(new FineTuneProgress
        {
            Step = value.Step,
            Steps = value.Steps,
            Loss = value.Loss,
            TokensPerSecond = value.TokensPerSecond,
            SecondsLeft = value.Remaining.TotalSeconds,
        }).GetAwaiter().GetResult();
    }
}

using System.Globalization;

namespace NnGpt.LanguageModel.Training;

/// <summary>Where a pretraining run stands.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Tokens">Tokens seen, in this run and before a resume.</param>
/// <param name="Loss">Mean training loss since the report before, in nats a token.</param>
/// <param name="GradientNorm">Length of the last gradient before clipping.</param>
/// <param name="LearningRate">Of the last step.</param>
/// <param name="TokensPerSecond">Since the report before.</param>
/// <param name="Elapsed">Time in this process.</param>
/// <param name="Remaining">Estimate of the time left.</param>
public sealed record PretrainingProgress(
    int Step, int Steps, long Tokens, double Loss, double GradientNorm, double LearningRate, double TokensPerSecond, TimeSpan Elapsed, TimeSpan Remaining)
{
    /// <summary>One line for a log.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"step {Step}/{Steps}  loss {Loss:F4}  lr {LearningRate:E2}  norm {GradientNorm:F2}  {TokensPerSecond:F0} tokens/s  {Tokens / 1e6:F2} M tokens  {Elapsed:hh\\:mm\\:ss} done  {Remaining:hh\\:mm\\:ss} left");
}

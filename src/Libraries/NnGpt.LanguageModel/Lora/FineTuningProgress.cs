using System.Globalization;

namespace NnGpt.LanguageModel.Lora;

/// <summary>A step of a fine-tuning.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Epoch">From 0.</param>
/// <param name="Loss">Mean over the step's target tokens, in nats.</param>
/// <param name="LearningRate">Of this step.</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="Tokens">Tokens computed so far, padding apart, those before a resume included.</param>
/// <param name="TokensPerSecond">In this process.</param>
/// <param name="Remaining">Estimate of the time left.</param>
public sealed record FineTuningProgress(
    int Step, int Steps, int Epoch, double Loss, double LearningRate, double GradientNorm, long Tokens, double TokensPerSecond, TimeSpan Remaining)
{
    /// <summary>One line for a log.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"step {Step}/{Steps}  epoch {Epoch + 1}  loss {Loss:F4}  lr {LearningRate:E2}  norm {GradientNorm:F2}  {TokensPerSecond:F0} tokens/s  {Remaining:hh\\:mm\\:ss} left");
}

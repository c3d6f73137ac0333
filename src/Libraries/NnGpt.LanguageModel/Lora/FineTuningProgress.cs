namespace NnGpt.LanguageModel.Lora;

/// <summary>A step of a fine-tuning.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Epoch">From 0.</param>
/// <param name="Loss">Mean over the step's target tokens, in nats.</param>
/// <param name="LearningRate">Of this step.</param>
/// <param name="GradientNorm">Before clipping.</param>
public sealed record FineTuningProgress(int Step, int Steps, int Epoch, double Loss, double LearningRate, double GradientNorm);

using NnGpt.Torch;

namespace NnGpt.LanguageModel.Lora;

/// <summary>The two factors of one projection's update, in float32.</summary>
/// <param name="A">(r, in).</param>
/// <param name="B">(out, r).</param>
public sealed record LoraPair(Tensor A, Tensor B);

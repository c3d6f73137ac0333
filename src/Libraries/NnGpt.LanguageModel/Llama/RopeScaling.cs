using System.Text.Json.Serialization;

namespace NnGpt.LanguageModel.Llama;

/// <summary>Stretching of rotary positions beyond the trained length.</summary>
public sealed record RopeScaling
{
    /// <summary>"linear" (positions divided by the factor) or "dynamic" (NTK: the base grows with the length).</summary>
    [JsonPropertyName("type")] public required string Type { get; init; }
    /// <summary>How many times longer.</summary>
    [JsonPropertyName("factor")] public double Factor { get; init; } = 1;
}

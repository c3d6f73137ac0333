using System.Text.Json.Serialization;

namespace NnGpt.LanguageModel.Llama;

/// <summary>Stretching of rotary positions beyond the trained length, as Hugging Face's rope_scaling states it.</summary>
public sealed record RopeScaling
{
    /// <summary>Positions are divided by the factor.</summary>
    public const string Linear = "linear";
    /// <summary>The base grows with the length of the sequence, from the trained length on (NTK).</summary>
    public const string Dynamic = "dynamic";
    /// <summary>Low frequencies are divided by the factor, high ones stay, with a smooth passage (LLaMA 3.1).</summary>
    public const string Llama3 = "llama3";
    /// <summary>No stretching.</summary>
    public const string Default = "default";

    /// <summary>The kind under its old name.</summary>
    [JsonPropertyName("type")] public string? Type { get; init; }
    /// <summary>The kind under its present name.</summary>
    [JsonPropertyName("rope_type")] public string? RopeType { get; init; }
    /// <summary>How many times longer.</summary>
    [JsonPropertyName("factor")] public double Factor { get; init; } = 1;
    /// <summary>llama3: wavelengths above the original length divided by this are stretched in full.</summary>
    [JsonPropertyName("low_freq_factor")] public double? LowFrequencyFactor { get; init; }
    /// <summary>llama3: wavelengths below the original length divided by this are left alone.</summary>
    [JsonPropertyName("high_freq_factor")] public double? HighFrequencyFactor { get; init; }
    /// <summary>llama3: the trained length, in tokens.</summary>
    [JsonPropertyName("original_max_position_embeddings")] public int? OriginalMaxPositionEmbeddings { get; init; }

    // Only in the rope_parameters of transformers 5, which hold the base too.
    [JsonInclude, JsonPropertyName("rope_theta"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal double? RopeTheta { get; init; }

    /// <summary>The kind.</summary>
    [JsonIgnore] public string Kind => RopeType ?? Type ?? Default;

    [JsonIgnore]
    internal string? Fault =>
        Kind is not (Linear or Dynamic or Llama3 or Default) ? $"rope_scaling of type '{Kind}' is not supported: linear, dynamic and llama3 are"
        : !(Factor >= 1 && double.IsFinite(Factor)) ? $"the factor of rope_scaling is {Factor}; it must be at least 1"
        : Kind == Llama3 && !(LowFrequencyFactor > 0 && HighFrequencyFactor > LowFrequencyFactor && OriginalMaxPositionEmbeddings > 0)
            ? "rope_scaling of type 'llama3' needs low_freq_factor, a larger high_freq_factor and original_max_position_embeddings"
        : null;
}

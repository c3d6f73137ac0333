using System.ComponentModel.DataAnnotations;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>How much a <see cref="SamplingEngine"/> does at a time.</summary>
public sealed class SamplingEngineOptions
{
    /// <summary>Most sequences computed together.</summary>
    [Range(1, 4096)]
    public int BatchSize { get; set; } = 16;

    /// <summary>Longest sequence in tokens, prompt and completion together; 0: the model's context.</summary>
    [Range(0, int.MaxValue)]
    public int MaxTokens { get; set; }

    /// <summary>Most memory for keys and values, in megabytes (10^6 bytes); fewer sequences are computed together where it does not hold all.</summary>
    [Range(1, 1_000_000)]
    public int CacheMegabytes { get; set; } = 4096;

    /// <summary>Threads of the computation; 0: as <see cref="LlamaModel.SamplingThreads"/> says.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }
}

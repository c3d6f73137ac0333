using System.ComponentModel.DataAnnotations;

namespace NnGpt.LanguageModel.Pretraining;

/// <summary>Which networks the embedded model learns from.</summary>
public sealed record PretrainingCorpusOptions
{
    /// <summary>Seed of the sampler: the corpus follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Networks to train on.</summary>
    [Range(100, 10_000_000)]
    public int Documents { get; init; } = 20_000;

    /// <summary>Networks kept apart, on which the loss is measured.</summary>
    [Range(1, 10_000)]
    public int HeldOut { get; init; } = 256;

    /// <summary>Tokens of the vocabulary, at most.</summary>
    [Range(300, 100_000)]
    public int VocabularySize { get; init; } = 1024;

    /// <summary>Tokens of the longest example; longer ones are left out.</summary>
    [Range(64, 8192)]
    public int MaximumLength { get; init; } = 640;
}

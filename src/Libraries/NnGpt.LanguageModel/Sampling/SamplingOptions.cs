using System.ComponentModel.DataAnnotations;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>How tokens are drawn.</summary>
public sealed class SamplingOptions
{
    /// <summary>Upper limit of <see cref="MaxNewTokens"/>.</summary>
    public const int MostNewTokens = 1_000_000;

    /// <summary>Divides the logits; 0 always takes the most likely token.</summary>
    [Range(0, 100)]
    public double Temperature { get; set; } = 0.8;

    /// <summary>Draws among the k most likely tokens only; 0 is off.</summary>
    [Range(0, int.MaxValue)]
    public int TopK { get; set; }

    /// <summary>Draws among the fewest tokens whose probabilities reach p together; 1 is off.</summary>
    [Range(0, 1)]
    public double TopP { get; set; } = 1;

    /// <summary>
    /// Divides the positive logits, and multiplies the negative ones, of tokens that the prompt or the completion holds (Keskar et al.,
    /// CTRL; Hugging Face's repetition_penalty); 1 is off.
    /// </summary>
    [Range(0.01, 100)]
    public double RepetitionPenalty { get; set; } = 1;

    /// <summary>Taken from a token's logit for each time that the completion holds it (OpenAI's frequency_penalty); 0 is off.</summary>
    [Range(-100, 100)]
    public double FrequencyPenalty { get; set; }

    /// <summary>Taken from the logit of each token that the completion holds (OpenAI's presence_penalty); 0 is off.</summary>
    [Range(-100, 100)]
    public double PresencePenalty { get; set; }

    /// <summary>Longest completion in tokens.</summary>
    [Range(1, MostNewTokens)]
    public int MaxNewTokens { get; set; } = 512;

    /// <summary>Tokens that end a completion; they are not part of it.</summary>
    public IReadOnlyList<int> StopTokens { get; set; } = [];

    /// <summary>
    /// Most memory for keys and values, in megabytes (10^6 bytes). Where it does not hold <see cref="BatchSize"/> sequences, fewer are
    /// computed together and the others wait.
    /// </summary>
    [Range(1, 1_000_000)]
    public int CacheMegabytes { get; set; } = 4096;

    /// <summary>Sequences computed together; the completions do not depend on it.</summary>
    [Range(1, 4096)]
    public int BatchSize { get; set; } = 16;
}

using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Lora;

/// <summary>A prompt and the answer that the model shall give.</summary>
/// <param name="Prompt">Token ids.</param>
/// <param name="Completion">Token ids, with the end token.</param>
public sealed record FineTuningExample(IReadOnlyList<int> Prompt, IReadOnlyList<int> Completion)
{
    /// <summary>An encoded chat pair.</summary>
    public static FineTuningExample Of(EncodedExample example) => new(example.Ids[..example.PromptLength], example.Ids[example.PromptLength..]);
}

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>A chat pair as token ids.</summary>
/// <param name="Ids">Prompt, answer and end-of-text token.</param>
/// <param name="PromptLength">How many of the ids are the prompt: a loss on the answer alone leaves them out.</param>
public sealed record EncodedExample(int[] Ids, int PromptLength);

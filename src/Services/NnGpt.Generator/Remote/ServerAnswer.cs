namespace NnGpt.Generator.Remote;

/// <summary>A text that the server wrote.</summary>
/// <param name="Text">The answer.</param>
/// <param name="FinishReason">"stop", "length" or the server's own word.</param>
/// <param name="PromptTokens">As the server counts; 0 when it does not.</param>
/// <param name="CompletionTokens">As the server counts; 0 when it does not.</param>
internal sealed record ServerAnswer(string Text, string FinishReason, int PromptTokens, int CompletionTokens);

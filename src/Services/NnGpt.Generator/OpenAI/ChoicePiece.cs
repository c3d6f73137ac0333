using NnGpt.LanguageModel.Sampling;

namespace NnGpt.Generator.OpenAI;

/// <summary>A piece of a choice that is being streamed.</summary>
/// <param name="Index">The choice's number.</param>
/// <param name="Text">More of its text; empty at the end.</param>
/// <param name="Reason">Why it ended; null while it goes on.</param>
internal sealed record ChoicePiece(int Index, string Text, FinishReason? Reason);

namespace NnGpt.LanguageModel.Sampling;

/// <summary>A sampled completion.</summary>
/// <param name="Index">Position of its request.</param>
/// <param name="Tokens">Token ids, without prompt and stop token.</param>
/// <param name="FinishReason">Why it ended.</param>
/// <param name="LogProbability">Sum of the logarithms of its tokens' probabilities at temperature 1, the stop token's included.</param>
public sealed record Completion(int Index, IReadOnlyList<int> Tokens, FinishReason FinishReason, double LogProbability);

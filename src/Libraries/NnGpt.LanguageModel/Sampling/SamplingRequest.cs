namespace NnGpt.LanguageModel.Sampling;

/// <summary>One completion that is wanted.</summary>
/// <param name="Prompt">Token ids, at least one.</param>
/// <param name="Seed">Decides the completion, whatever is sampled beside it.</param>
/// <param name="Guide">Watches and steers this completion; null for nobody. A guide serves one request, once.</param>
public sealed record SamplingRequest(IReadOnlyList<int> Prompt, ulong Seed, ICompletionGuide? Guide = null);

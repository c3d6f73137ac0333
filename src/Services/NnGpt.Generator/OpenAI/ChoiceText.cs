using NnGpt.LanguageModel.Sampling;

namespace NnGpt.Generator.OpenAI;

/// <summary>A finished choice.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Text">Without stop string or stop token.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="Tokens">Sampled tokens.</param>
internal sealed record ChoiceText(int Index, string Text, FinishReason Reason, int Tokens)
{
    /// <summary>"stop" or "length", the API's words; an abandoned choice has stopped.</summary>
    public string FinishReason => FinishReasonOf(Reason);

    /// <summary>"abandoned" where the API has no word for it; null otherwise.</summary>
    public string? StopReason => StopReasonOf(Reason);

    public static string FinishReasonOf(FinishReason reason) => reason == LanguageModel.Sampling.FinishReason.Length ? "length" : "stop";

    public static string? StopReasonOf(FinishReason reason) => reason == LanguageModel.Sampling.FinishReason.Abandoned ? "abandoned" : null;
}

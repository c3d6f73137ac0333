namespace NnGpt.LanguageModel.Sampling;

/// <summary>Why a completion ended.</summary>
public enum FinishReason
{
    /// <summary>At a stop token.</summary>
    Stop,
    /// <summary>At the longest length, of the options or of the model.</summary>
    Length,
}

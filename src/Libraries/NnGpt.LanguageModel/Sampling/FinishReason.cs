namespace NnGpt.LanguageModel.Sampling;

/// <summary>Why a completion ended.</summary>
public enum FinishReason
{
    /// <summary>At a stop token or a stop string.</summary>
    Stop,
    /// <summary>At the longest length, of the options or of the model.</summary>
    Length,
    /// <summary>Its guide saw that it could not become what was asked for, or refused every token.</summary>
    Abandoned,
}

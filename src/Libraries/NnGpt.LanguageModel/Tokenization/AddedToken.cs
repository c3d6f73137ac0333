namespace NnGpt.LanguageModel.Tokenization;

/// <summary>A token that is found in the text before the model splits it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">The text it stands for.</param>
/// <param name="Special">Decoding may leave it out: it marks structure, it is no text.</param>
/// <param name="Normalized">It is looked for after normalisation, not in the raw text.</param>
/// <param name="LeftStrip">White space before it belongs to it.</param>
/// <param name="RightStrip">White space after it belongs to it.</param>
/// <param name="SingleWord">It is not found inside a word.</param>
public sealed record AddedToken(
    int Id, string Content, bool Special, bool Normalized = false, bool LeftStrip = false, bool RightStrip = false, bool SingleWord = false);

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>What <see cref="BpeTrainer"/> is to learn.</summary>
public sealed record BpeTrainerOptions
{
    /// <summary>
    /// Pieces of source code that merges stay inside: a line end with the indentation after it; a name with the space
    /// or dot before it; a whole number; a run of operators. A name is never merged with its neighbours, so that a
    /// small model can copy it as a unit, and widths such as 64 become single tokens.
    /// </summary>
    public const string SourceCodePattern =
        @"\n+ *|[ .]?[\p{L}_][\p{L}\p{N}_]*| ?\p{N}+(?:\.\p{N}+)?(?:e-?\p{N}+)?| ?[^\s\p{L}\p{N}_.]+|\.|\s+";

    /// <summary>Special tokens and bytes included.</summary>
    public int VocabularySize { get; init; } = 2048;

    /// <summary>A pair that occurs less often is not merged.</summary>
    public int MinimumFrequency { get; init; } = 2;

    /// <summary>The pre-tokenizer's regular expression.</summary>
    public string Pattern { get; init; } = SourceCodePattern;

    /// <summary>Begin of text; has id 0.</summary>
    public string BeginToken { get; init; } = "<|begin|>";

    /// <summary>End of text; has id 1.</summary>
    public string EndToken { get; init; } = "<|end|>";

    /// <summary>Padding; has id 2.</summary>
    public string PadToken { get; init; } = "<|pad|>";

    /// <summary>The roles of the chat template; their ids follow.</summary>
    public IReadOnlyList<string> RoleTokens { get; init; } = ["<|system|>", "<|user|>", "<|assistant|>"];

    /// <summary>The longest text of the model, for tokenizer_config.json.</summary>
    public int MaximumLength { get; init; } = 1024;
}

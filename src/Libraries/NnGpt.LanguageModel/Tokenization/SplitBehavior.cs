namespace NnGpt.LanguageModel.Tokenization;

/// <summary>What becomes of the text that a splitter's pattern matches.</summary>
internal enum SplitBehavior
{
    Isolated,
    Removed,
    MergedWithPrevious,
    MergedWithNext,
    Contiguous,
}

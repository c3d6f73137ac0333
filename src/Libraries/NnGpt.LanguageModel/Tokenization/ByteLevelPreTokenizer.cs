namespace NnGpt.LanguageModel.Tokenization;

/// <summary>GPT-2's splitter: optional regular expression, then the byte alphabet.</summary>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex) : PreTokenizer
{
    private static readonly SplitPreTokenizer s_gpt2 = new(
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", SplitBehavior.Isolated, inverted: false);

    public override IEnumerable<string> Split(string piece, bool atStart)
    {
        string text = addPrefixSpace && piece.Length > 0 && !char.IsWhiteSpace(piece[0]) ? " " + piece : piece;
        return useRegex ? s_gpt2.Split(text, atStart).Select(ByteAlphabet.Write) : [ByteAlphabet.Write(text)];
    }
}

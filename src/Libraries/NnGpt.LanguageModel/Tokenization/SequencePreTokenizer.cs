namespace NnGpt.LanguageModel.Tokenization;

/// <summary>One splitter after the other, each on the pieces of the one before.</summary>
internal sealed class SequencePreTokenizer(IReadOnlyList<PreTokenizer> parts) : PreTokenizer
{
    public override IEnumerable<string> Split(string piece, bool atStart)
    {
        IEnumerable<string> pieces = [piece];
        foreach (PreTokenizer part in parts)
        {
            pieces = pieces.SelectMany((text, index) => part.Split(text, atStart && index == 0));
        }

        return pieces;
    }
}

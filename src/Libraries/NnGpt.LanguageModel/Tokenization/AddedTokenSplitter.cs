namespace NnGpt.LanguageModel.Tokenization;

/// <summary>Cuts a text at the added tokens in it: leftmost, longest first.</summary>
internal sealed class AddedTokenSplitter
{
    private readonly Dictionary<char, AddedToken[]> _byFirst;

    public AddedTokenSplitter(IEnumerable<AddedToken> tokens) => _byFirst = tokens
        .Where(token => token.Content.Length > 0)
        .GroupBy(token => token.Content[0])
        .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());

    /// <summary>The parts of the text in order: either text between tokens, or a token.</summary>
    public IEnumerable<(string Text, AddedToken? Token)> Split(string text)
    {
        int start = 0;
        for (int at = 0; at < text.Length;)
        {
            if (Match(text, at) is not { } token)
            {
                at++;
                continue;
            }

            int from = at;
            int to = at + token.Content.Length;
            while (token.LeftStrip && from > start && char.IsWhiteSpace(text[from - 1]))
            {
                from--;
            }

            while (token.RightStrip && to < text.Length && char.IsWhiteSpace(text[to]))
            {
                to++;
            }

            if (from > start)
            {
                yield return (text[start..from], null);
            }

            yield return (text[at..(at + token.Content.Length)], token);
            start = at = to;
        }

        if (start < text.Length)
        {
            yield return (text[start..], null);
        }
    }

    private AddedToken? Match(string text, int at)
    {
        if (!_byFirst.TryGetValue(text[at], out AddedToken[]? candidates))
        {
            return null;
        }

        foreach (AddedToken token in candidates)
        {
            int end = at + token.Content.Length;
            if (string.CompareOrdinal(text, at, token.Content, 0, token.Content.Length) == 0
                && (!token.SingleWord || ((at == 0 || !IsWord(text[at - 1])) && (end >= text.Length || !IsWord(text[end])))))
            {
                return token;
            }
        }

        return null;
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';
}

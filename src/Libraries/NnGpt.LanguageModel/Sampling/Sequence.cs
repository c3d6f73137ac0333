namespace NnGpt.LanguageModel.Sampling;

/// <summary>A completion on its way.</summary>
internal sealed class Sequence(int index, int slot, int position, int limit, TokenSampler sampler)
{
    public int Index { get; } = index;

    public int Slot { get; } = slot;

    /// <summary>Position of the next token.</summary>
    public int Position { get; private set; } = position;

    public TokenSampler Sampler { get; } = sampler;

    public List<int> Tokens { get; } = [];

    public double LogProbability { get; private set; }

    public FinishReason? Finished { get; private set; }

    public void Add(int token, double logProbability, IReadOnlyList<int> stopTokens)
    {
        LogProbability += logProbability;
        if (stopTokens.Contains(token))
        {
            Finished = FinishReason.Stop;
            return;
        }
        Tokens.Add(token);
        if (Tokens.Count >= limit)
        {
            Finished = FinishReason.Length;
        }
    }

    /// <summary>The last token goes into the cache.</summary>
    public void Advance() => Position++;
}

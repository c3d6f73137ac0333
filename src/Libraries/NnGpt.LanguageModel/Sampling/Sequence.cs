using System.Runtime.ExceptionServices;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>A completion on its way.</summary>
internal sealed class Sequence(int index, int slot, SamplingRequest request, int limit, SamplingOptions options)
{
    private readonly TokenSampler _sampler = new(options, request);

    public int Index { get; } = index;

    public int Slot { get; } = slot;

    /// <summary>Position of the next token.</summary>
    public int Position { get; private set; } = request.Prompt.Count;

    public List<int> Tokens { get; } = [];

    public double LogProbability { get; private set; }

    public FinishReason? Finished { get; private set; }

    /// <summary>Why it cannot go on: logits that are no numbers, or an error of its guide.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>The completion once it is finished; throws when it failed.</summary>
    public Completion ToCompletion()
    {
        Failure?.Throw();
        return new Completion(Index, Tokens, Finished!.Value, LogProbability);
    }

    /// <summary>Draws the next token and takes it.</summary>
    /// <param name="logits">One for each token of the vocabulary; changed.</param>
    /// <param name="room">What the sampler needs.</param>
    public void Next(Span<float> logits, SamplerRoom room)
    {
        try
        {
            Draw(logits, room);
        }
        catch (Exception failure)
        {
            Failure = ExceptionDispatchInfo.Capture(failure);
        }
    }

    /// <summary>The last token goes into the cache.</summary>
    public void Advance() => Position++;

    private void Draw(Span<float> logits, SamplerRoom room)
    {
        if (_sampler.Draw(logits, room) is not { } drawn)
        {
            Finished = FinishReason.Abandoned;
            return;
        }
        LogProbability += drawn.LogProbability;
        if (options.StopTokens.Contains(drawn.Token))
        {
            Finished = FinishReason.Stop;
            return;
        }
        Tokens.Add(drawn.Token);
        Finished = request.Guide?.Accept(drawn.Token) ?? (Tokens.Count >= limit ? FinishReason.Length : null);
    }
}

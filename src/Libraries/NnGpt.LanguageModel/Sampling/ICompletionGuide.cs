namespace NnGpt.LanguageModel.Sampling;

/// <summary>Watches one completion grow, token by token, and may steer it. Used by one completion only, on one thread.</summary>
public interface ICompletionGuide
{
    /// <summary>
    /// Whether a drawn token may come next. A refused token is taken out and another drawn, so that the others keep their relative
    /// probabilities. It must depend on the tokens accepted so far alone.
    /// </summary>
    /// <param name="token">A token id; a stop token asks whether the completion may end here.</param>
    bool Allows(int token);

    /// <summary>Takes the next token of the completion; a stop token is not given.</summary>
    /// <returns>Why the completion ends with it, or null to go on.</returns>
    FinishReason? Accept(int token);
}

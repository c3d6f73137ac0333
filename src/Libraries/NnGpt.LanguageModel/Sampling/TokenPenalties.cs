using System.Runtime.InteropServices;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>Makes tokens less likely that have occurred before, in one completion and its prompt.</summary>
internal sealed class TokenPenalties
{
    private readonly SamplingOptions _options;
    private readonly Dictionary<int, Occurrence> _occurrences = [];

    private TokenPenalties(SamplingOptions options) => _options = options;

    private struct Occurrence
    {
        public int InCompletion;
        public float Logit; // as the model gave it
    }

    /// <summary>Null when the options ask for no penalty.</summary>
    public static TokenPenalties? Of(SamplingOptions options, IReadOnlyList<int> prompt)
    {
        if (options is { RepetitionPenalty: 1, FrequencyPenalty: 0, PresencePenalty: 0 })
        {
            return null;
        }
        TokenPenalties penalties = new(options);
        foreach (int token in prompt)
        {
            penalties._occurrences[token] = default;
        }
        return penalties;
    }

    /// <summary>Changes the logits of tokens that have occurred.</summary>
    public void Apply(Span<float> logits)
    {
        foreach (int token in _occurrences.Keys)
        {
            ref Occurrence occurrence = ref CollectionsMarshal.GetValueRefOrNullRef(_occurrences, token);
            float logit = occurrence.Logit = logits[token];
            double changed = logit > 0 ? logit / _options.RepetitionPenalty : logit * _options.RepetitionPenalty;
            if (occurrence.InCompletion > 0)
            {
                changed -= _options.PresencePenalty + (_options.FrequencyPenalty * occurrence.InCompletion);
            }
            logits[token] = (float)changed;
        }
    }

    /// <summary>Counts a token that was drawn; its logit before <see cref="Apply"/>, or null when it was not changed.</summary>
    public float? Count(int token)
    {
        ref Occurrence occurrence = ref CollectionsMarshal.GetValueRefOrAddDefault(_occurrences, token, out bool known);
        occurrence.InCompletion++;
        return known ? occurrence.Logit : null;
    }
}

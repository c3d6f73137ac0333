using System.Numerics.Tensors;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>Draws tokens for one completion from a random sequence of its own (SplitMix64).</summary>
internal sealed class TokenSampler
{
    private readonly SamplingOptions _options;
    private readonly ICompletionGuide? _guide;
    private readonly TokenPenalties? _penalties;
    private ulong _state;

    public TokenSampler(SamplingOptions options, SamplingRequest request)
    {
        (_options, _guide, _state) = (options, request.Guide, request.Seed);
        _penalties = TokenPenalties.Of(options, request.Prompt);
    }

    /// <summary>The next token, and the logarithm of its probability at temperature 1; null when the guide refuses every token.</summary>
    /// <param name="logits">One for each token of the vocabulary; changed.</param>
    /// <param name="room">Buffers.</param>
    /// <exception cref="InvalidDataException">A logit is no number: the weights are damaged or overflow.</exception>
    public (int Token, double LogProbability)? Draw(Span<float> logits, SamplerRoom room)
    {
        float top = TensorPrimitives.Max<float>(logits);
        if (!float.IsFinite(top))
        {
            throw new InvalidDataException($"the model's largest logit is {top}: its weights or its adapter are damaged, or overflow in this element type");
        }
        TensorPrimitives.Subtract(logits, top, room.Weights);
        TensorPrimitives.Exp(room.Weights, room.Weights);
        double normalizer = top + Math.Log(TensorPrimitives.Sum<float>(room.Weights));
        _penalties?.Apply(logits);
        while (true)
        {
            int token = Pick(logits, room);
            if (_guide?.Allows(token) != false)
            {
                double logit = _penalties?.Count(token) ?? logits[token];
                return (token, logit - normalizer);
            }
            logits[token] = float.NegativeInfinity;
            if (float.IsNegativeInfinity(TensorPrimitives.Max<float>(logits)))
            {
                return null;
            }
        }
    }

    private int Pick(ReadOnlySpan<float> logits, SamplerRoom room) =>
        _options.Temperature == 0 ? TensorPrimitives.IndexOfMax(logits) : Sample(logits, room);

    private int Sample(ReadOnlySpan<float> logits, SamplerRoom room)
    {
        Span<float> scratch = room.Weights;
        float top = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, top, scratch);
        TensorPrimitives.Multiply(scratch, (float)(1 / _options.Temperature), scratch);
        TensorPrimitives.Exp(scratch, scratch);
        int kept = logits.Length;
        bool sorted = false;
        if ((_options.TopK > 0 && _options.TopK < kept) || _options.TopP < 1)
        {
            (kept, sorted) = (Restrict(scratch, room), true);
        }
        double total = 0;
        for (int i = 0; i < kept; i++)
        {
            total += scratch[i];
        }
        double target = NextUniform() * total;
        int last = 0;
        for (int i = 0; i < kept; i++)
        {
            if (scratch[i] > 0)
            {
                last = i;
                target -= scratch[i];
                if (target < 0)
                {
                    break;
                }
            }
        }
        return sorted ? room.Order[last] : last;
    }

    // Sorts the weights that can take part downwards and says how many of them do.
    private int Restrict(Span<float> weights, SamplerRoom room)
    {
        Span<int> order = room.Order;
        // A token lighter than an equal share of what top-p leaves out is left out too.
        bool everything = _options.TopK > 0 || _options.TopP >= 1;
        double total = TensorPrimitives.Sum(weights);
        double cutoff = everything ? AtMostKthLargest(weights, room) : total * (1 - _options.TopP) / Math.Max(1, weights.Length - 1);
        int count = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] >= cutoff)
            {
                order[count] = i;
                weights[count++] = -weights[i];
            }
        }
        weights[..count].Sort(order[..count]);
        TensorPrimitives.Negate(weights[..count], weights[..count]);
        int kept = _options.TopK > 0 ? Math.Min(_options.TopK, count) : count;
        if (_options.TopP < 1)
        {
            double limit = _options.TopP * (everything ? TensorPrimitives.Sum(weights[..kept]) : total);
            double sum = 0;
            for (int i = 0; i < kept; i++)
            {
                sum += weights[i];
                if (sum >= limit)
                {
                    return i + 1;
                }
            }
        }
        return kept;
    }

    // A weight that at least k of them reach, so that a few are sorted instead of a vocabulary: k blocks have a maximum of at least that.
    private double AtMostKthLargest(ReadOnlySpan<float> weights, SamplerRoom room)
    {
        int block = weights.Length / Math.Max(1, 4 * _options.TopK);
        if (block < 2)
        {
            return 0;
        }
        Span<float> maxima = room.Maxima.AsSpan(0, weights.Length / block);
        for (int i = 0; i < maxima.Length; i++)
        {
            maxima[i] = TensorPrimitives.Max(weights.Slice(i * block, block));
        }
        maxima.Sort();
        return maxima[^_options.TopK];
    }

    private double NextUniform()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }
}

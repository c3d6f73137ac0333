using System.Numerics.Tensors;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>Draws tokens for one completion from a random sequence of its own (SplitMix64).</summary>
internal sealed class TokenSampler(SamplingOptions options, ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next token, and the logarithm of its probability at temperature 1.</summary>
    /// <param name="logits">One for each token of the vocabulary.</param>
    /// <param name="scratch">Room for as many numbers.</param>
    /// <param name="order">Room for as many indices.</param>
    public (int Token, double LogProbability) Draw(ReadOnlySpan<float> logits, Span<float> scratch, Span<int> order)
    {
        int token = options.Temperature == 0 ? TensorPrimitives.IndexOfMax(logits) : Sample(logits, scratch, order);
        float top = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, top, scratch);
        TensorPrimitives.Exp(scratch, scratch);
        return (token, logits[token] - top - Math.Log(TensorPrimitives.Sum(scratch)));
    }

    private int Sample(ReadOnlySpan<float> logits, Span<float> scratch, Span<int> order)
    {
        float top = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, top, scratch);
        TensorPrimitives.Multiply(scratch, (float)(1 / options.Temperature), scratch);
        TensorPrimitives.Exp(scratch, scratch);
        int kept = logits.Length;
        bool sorted = false;
        if ((options.TopK > 0 && options.TopK < kept) || options.TopP < 1)
        {
            (kept, sorted) = (Restrict(scratch, order), true);
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
        return sorted ? order[last] : last;
    }

    // Sorts the weights that can take part downwards and says how many of them do.
    private int Restrict(Span<float> weights, Span<int> order)
    {
        // A token lighter than an equal share of what top-p leaves out is left out too.
        bool everything = options.TopK > 0 || options.TopP >= 1;
        double total = TensorPrimitives.Sum(weights);
        double cutoff = everything ? 0 : total * (1 - options.TopP) / Math.Max(1, weights.Length - 1);
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
        int kept = options.TopK > 0 ? Math.Min(options.TopK, count) : count;
        if (options.TopP < 1)
        {
            double limit = options.TopP * (everything ? TensorPrimitives.Sum(weights[..kept]) : total);
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

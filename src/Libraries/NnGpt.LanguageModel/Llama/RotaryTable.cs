using NnGpt.Torch;

namespace NnGpt.LanguageModel.Llama;

/// <summary>Cosines and sines of the rotary embedding (Su et al., RoFormer), float32, (positions, head size / 2).</summary>
internal sealed class RotaryTable : IDisposable
{
    private RotaryTable(Tensor cos, Tensor sin) => (Cos, Sin) = (cos, sin);

    public Tensor Cos { get; }

    public Tensor Sin { get; }

    /// <summary>The table of a sequence of this length; with dynamic scaling all its positions depend on the length.</summary>
    public static RotaryTable Create(LlamaConfig config, int length, Device device)
    {
        double[] frequencies = Frequencies(config, length);
        return Create(length, frequencies.Length, device, _ => frequencies);
    }

    /// <summary>
    /// The table of tokens that come one by one: each position is that of a sequence which ends there. It differs from
    /// <see cref="Create(LlamaConfig, int, Device)"/> beyond the trained length with dynamic scaling only, where keys in a cache keep the
    /// angle that they were given, as in Hugging Face's cached generation.
    /// </summary>
    public static RotaryTable CreateGrowing(LlamaConfig config, int capacity, Device device) =>
        GrowsWithin(config, capacity)
            ? Create(capacity, config.HeadSize / 2, device, position => Frequencies(config, position + 1))
            : Create(config, capacity, device);

    /// <summary>Whether the angles of a sequence of this length depend on its length.</summary>
    public static bool GrowsWithin(LlamaConfig config, int length) =>
        config.RopeScaling is { Kind: RopeScaling.Dynamic } && length > config.MaxPositionEmbeddings;

    public void Dispose()
    {
        Cos.Dispose();
        Sin.Dispose();
    }

    private static RotaryTable Create(int length, int half, Device device, Func<int, double[]> frequenciesAt)
    {
        var cos = new float[length * half];
        var sin = new float[length * half];
        for (int position = 0; position < length; position++)
        {
            double[] frequencies = frequenciesAt(position);
            for (int i = 0; i < half; i++)
            {
                double angle = position * frequencies[i];
                cos[(position * half) + i] = (float)Math.Cos(angle);
                sin[(position * half) + i] = (float)Math.Sin(angle);
            }
        }
        using var scope = new TensorScope();
        return new RotaryTable(
            TensorScope.Detach(Tensor.FromArray(cos, length, half).To(device)),
            TensorScope.Detach(Tensor.FromArray(sin, length, half).To(device)));
    }

    // Radians a position, for each pair of dimensions.
    private static double[] Frequencies(LlamaConfig config, int length)
    {
        double theta = config.RopeTheta;
        if (GrowsWithin(config, length))
        {
            double factor = config.RopeScaling!.Factor;
            theta *= Math.Pow((factor * length / config.MaxPositionEmbeddings) - (factor - 1), config.HeadSize / (double)(config.HeadSize - 2));
        }
        return [.. Enumerable.Range(0, config.HeadSize / 2).Select(i => Stretch(Math.Pow(theta, -2.0 * i / config.HeadSize), config.RopeScaling))];
    }

    private static double Stretch(double frequency, RopeScaling? scaling)
    {
        switch (scaling)
        {
            case { Kind: RopeScaling.Linear }:
                return frequency / scaling.Factor;
            case { Kind: RopeScaling.Llama3 }:
                double turns = scaling.OriginalMaxPositionEmbeddings!.Value * frequency / (2 * Math.PI);
                double kept = (turns - scaling.LowFrequencyFactor!.Value) / (scaling.HighFrequencyFactor!.Value - scaling.LowFrequencyFactor.Value);
                kept = Math.Clamp(kept, 0, 1);
                return (kept * frequency) + ((1 - kept) * frequency / scaling.Factor);
            default:
                return frequency;
        }
    }
}

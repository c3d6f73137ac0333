using NnGpt.Torch;

namespace NnGpt.LanguageModel.Llama;

/// <summary>Cosines and sines of the rotary embedding (Su et al., RoFormer), float32, (positions, head size / 2).</summary>
internal sealed class RotaryTable : IDisposable
{
    private RotaryTable(Tensor cos, Tensor sin) => (Cos, Sin) = (cos, sin);

    public Tensor Cos { get; }

    public Tensor Sin { get; }

    public int Length => (int)Cos.Size(0);

    public static RotaryTable Create(LlamaConfig config, int length, Device device)
    {
        int half = config.HeadSize / 2;
        double theta = config.RopeTheta;
        double stretch = 1;
        if (config.RopeScaling is { Type: "linear" } linear)
        {
            stretch = linear.Factor;
        }
        else if (config.RopeScaling is { Type: "dynamic" } dynamic && length > config.MaxPositionEmbeddings)
        {
            double growth = (dynamic.Factor * length / config.MaxPositionEmbeddings) - (dynamic.Factor - 1);
            theta *= Math.Pow(growth, config.HeadSize / (double)(config.HeadSize - 2));
        }
        var cos = new float[length * half];
        var sin = new float[length * half];
        for (int position = 0; position < length; position++)
        {
            for (int i = 0; i < half; i++)
            {
                double angle = position / stretch * Math.Pow(theta, -2.0 * i / config.HeadSize);
                cos[(position * half) + i] = (float)Math.Cos(angle);
                sin[(position * half) + i] = (float)Math.Sin(angle);
            }
        }
        using var scope = new TensorScope();
        return new RotaryTable(
            TensorScope.Detach(Tensor.FromArray(cos, length, half).To(device)),
            TensorScope.Detach(Tensor.FromArray(sin, length, half).To(device)));
    }

    public void Dispose()
    {
        Cos.Dispose();
        Sin.Dispose();
    }
}

using NnGpt.Torch.Interop;

namespace NnGpt.Torch.Optim;

/// <summary>
/// AdamW whose moments take a byte an element (Dettmers et al., "8-bit Optimizers via Block-wise Quantization", 2022): in each block of
/// a moment, codes of dynamic tree quantization times the block's largest magnitude. The arithmetic of a step is float32; parameters
/// are contiguous float32. Unlike the paper's, a second moment that is not zero is never rounded to zero.
/// </summary>
public sealed unsafe class AdamW8Bit : IOptimizer
{
    private readonly AdamW? _small;
    private readonly Tensor[] _parameters;
    private readonly int[] _places;
    private readonly int[] _smallPlaces;
    private readonly float[] _decays;
    private readonly Tensor[] _firsts, _firstScales, _seconds, _secondScales;
    private readonly int _block;
    private long _stepCount;

    /// <summary>Prepares the moments, which are zero.</summary>
    /// <param name="parameters">What is optimised.</param>
    /// <param name="weightDecay">Decay for every parameter, as a function of it; null is 0.</param>
    /// <param name="beta1">Decay of the mean of gradients; default 0.9.</param>
    /// <param name="beta2">Decay of the mean of squares; default 0.999.</param>
    /// <param name="eps">Added to the root; default 1e-8.</param>
    /// <param name="blockSize">Elements that share a scale, at most 4096; default 256.</param>
    /// <param name="minimumSize">Parameters with fewer elements keep float32 moments. Default 1024; bitsandbytes has 4096, which would leave
    /// most LoRA factors of a small model in float32.</param>
    /// <param name="paged">The state stays in the host's memory and is updated there, wherever the parameters are; false keeps it on their
    /// device. On the CPU it is the same.</param>
    public AdamW8Bit(
        IEnumerable<Tensor> parameters, Func<Tensor, double>? weightDecay = null, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        int blockSize = 256, int minimumSize = 1024, bool paged = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blockSize, 4096);
        Tensor[] all = [.. parameters];
        _places = [.. Enumerable.Range(0, all.Length).Where(i => all[i].NumElements >= minimumSize)];
        _smallPlaces = [.. Enumerable.Range(0, all.Length).Except(_places)];
        _parameters = [.. _places.Select(i => all[i])];
        _decays = [.. _parameters.Select(parameter => (float)(weightDecay?.Invoke(parameter) ?? 0))];
        _small = _smallPlaces.Length == 0 ? null : new AdamW(_smallPlaces.Select(i => all[i]), weightDecay, beta1, beta2, eps);
        Device Place(Tensor parameter) => paged ? Device.Cpu : parameter.Device;
        // The code of 0 is 127 where codes have signs.
        Tensor[] Codes(int zero) => [.. _parameters.Select(parameter =>
            TensorScope.Detach(Tensor.Full([parameter.NumElements], zero, Dtype.UInt8, Place(parameter))))];
        Tensor[] Scales() => [.. _parameters.Select(parameter =>
            TensorScope.Detach(Tensor.Zeros([(parameter.NumElements + blockSize - 1) / blockSize], Dtype.Float32, Place(parameter))))];
        (_firsts, _firstScales, _seconds, _secondScales) = (Codes(127), Scales(), Codes(0), Scales());
        (Beta1, Beta2, Eps, _block) = (beta1, beta2, eps, blockSize);
    }

    /// <summary>Decay of the mean of gradients.</summary>
    public double Beta1 { get; }
    /// <summary>Decay of the mean of squares.</summary>
    public double Beta2 { get; }
    /// <summary>Added to the root.</summary>
    public double Eps { get; }

    /// <inheritdoc/>
    public long StepCount
    {
        get => _stepCount;
        set
        {
            _stepCount = value;
            _small?.StepCount = value;
        }
    }

    /// <inheritdoc/>
    public long StateBytes => (_small?.StateBytes ?? 0)
        + _firsts.Concat(_firstScales).Concat(_seconds).Concat(_secondScales).Sum(static tensor => tensor.NumElements * tensor.Dtype.ElementSize());

    /// <summary>Whether a step on the CPU goes through ATen's operators too, as it does on other devices.</summary>
    internal bool Plain { get; init; }

    /// <inheritdoc/>
    public void Step(double learningRate, double gradientScale = 1)
    {
        _stepCount++;
        _small?.Step(learningRate, gradientScale);
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        Tensor?[] gradients = [.. _parameters.Select(static parameter => parameter.Grad)];
        nint[] parameters = AdamW.Handles(_parameters), handles = AdamW.Handles(gradients);
        nint[] firsts = AdamW.Handles(_firsts), firstScales = AdamW.Handles(_firstScales), seconds = AdamW.Handles(_seconds), secondScales = AdamW.Handles(_secondScales);
        fixed (nint* p = parameters, g = handles, m = firsts, mScales = firstScales, v = seconds, vScales = secondScales)
        fixed (float* decays = _decays)
        {
            NativeMethods.Check(NativeMethods.nngpt_adamw_8bit(
                p, g, m, mScales, v, vScales, decays, _parameters.Length, _block, _stepCount, learningRate, Beta1, Beta2, Eps, gradientScale, Plain ? 1 : 0));
        }
    }

    /// <inheritdoc/>
    public void ZeroGrad()
    {
        _small?.ZeroGrad();
        foreach (Tensor parameter in _parameters)
        {
            parameter.Grad = null;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State(IReadOnlyList<string> names)
    {
        IEnumerable<KeyValuePair<string, Tensor>> Named(string kind, Tensor[] tensors) =>
            _places.Select((place, i) => KeyValuePair.Create($"{kind}.{names[place]}", tensors[i]));
        return Named("first", _firsts).Concat(Named("first_scale", _firstScales)).Concat(Named("second", _seconds)).Concat(Named("second_scale", _secondScales))
            .Concat(_small?.State([.. _smallPlaces.Select(place => names[place])]) ?? []);
    }

    /// <summary>Frees the moments; the parameters are not its own.</summary>
    public void Dispose()
    {
        _small?.Dispose();
        foreach (Tensor tensor in _firsts.Concat(_firstScales).Concat(_seconds).Concat(_secondScales))
        {
            tensor.Dispose();
        }
    }

    /// <summary>The values of the codes 0 to 255, ascending: 255 of dynamic tree quantization and 1.</summary>
    internal static float[] Codes(bool signed)
    {
        var values = new float[256];
        fixed (float* pointer = values)
        {
            NativeMethods.nngpt_dynamic_codes(signed ? 1 : 0, pointer);
        }
        return values;
    }
}

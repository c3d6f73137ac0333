using NnGpt.Torch.Interop;

namespace NnGpt.Torch.Optim;

/// <summary>
/// AdamW (Loshchilov and Hutter, "Decoupled Weight Decay Regularization") in one fused pass over the memory of each parameter.
/// For contiguous float32 parameters on the CPU. The same results as torch.optim.AdamW up to rounding.
/// </summary>
public sealed unsafe class AdamW : IOptimizer
{
    private readonly Tensor[] _parameters;
    private readonly float[] _decays;
    private readonly Tensor[] _firsts;
    private readonly Tensor[] _seconds;

    /// <summary>Prepares the moments, which are zero.</summary>
    /// <param name="parameters">What is optimised.</param>
    /// <param name="weightDecay">Decay for every parameter, as a function of it; null is 0.</param>
    /// <param name="beta1">Decay of the mean of gradients; default 0.9.</param>
    /// <param name="beta2">Decay of the mean of squares; default 0.999.</param>
    /// <param name="eps">Added to the root; default 1e-8.</param>
    public AdamW(IEnumerable<Tensor> parameters, Func<Tensor, double>? weightDecay = null, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8)
    {
        _parameters = [.. parameters];
        _decays = [.. _parameters.Select(parameter => (float)(weightDecay?.Invoke(parameter) ?? 0))];
        _firsts = [.. _parameters.Select(Moment)];
        _seconds = [.. _parameters.Select(Moment)];
        (Beta1, Beta2, Eps) = (beta1, beta2, eps);
    }

    /// <summary>Decay of the mean of gradients.</summary>
    public double Beta1 { get; }
    /// <summary>Decay of the mean of squares.</summary>
    public double Beta2 { get; }
    /// <summary>Added to the root.</summary>
    public double Eps { get; }
    /// <inheritdoc/>
    public long StepCount { get; set; }
    /// <inheritdoc/>
    public long StateBytes => _firsts.Concat(_seconds).Sum(static moment => moment.NumElements * moment.Dtype.ElementSize());

    /// <inheritdoc/>
    public void Step(double learningRate, double gradientScale = 1)
    {
        StepCount++;
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        Tensor?[] gradients = [.. _parameters.Select(static parameter => parameter.Grad)];
        nint[] parameters = Handles(_parameters), handles = Handles(gradients), firsts = Handles(_firsts), seconds = Handles(_seconds);
        fixed (nint* p = parameters, g = handles, m = firsts, v = seconds)
        fixed (float* decays = _decays)
        {
            NativeMethods.Check(NativeMethods.nngpt_adamw(p, g, m, v, decays, _parameters.Length, StepCount, learningRate, Beta1, Beta2, Eps, gradientScale));
        }
    }

    /// <inheritdoc/>
    public void ZeroGrad()
    {
        foreach (Tensor parameter in _parameters)
        {
            parameter.Grad = null;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State(IReadOnlyList<string> names) => names.SelectMany((name, i) => new[]
    {
        KeyValuePair.Create("first." + name, _firsts[i]),
        KeyValuePair.Create("second." + name, _seconds[i]),
    });

    /// <summary>Frees the moments; the parameters are not its own.</summary>
    public void Dispose()
    {
        foreach (Tensor moment in _firsts.Concat(_seconds))
        {
            moment.Dispose();
        }
    }

    private static Tensor Moment(Tensor parameter) => TensorScope.Detach(Tensor.Zeros(parameter.Shape, Dtype.Float32, parameter.Device));

    internal static nint[] Handles(Tensor?[] tensors) => [.. tensors.Select(static tensor => tensor?.Handle ?? 0)];
}

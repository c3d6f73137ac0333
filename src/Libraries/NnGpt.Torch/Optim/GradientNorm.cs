namespace NnGpt.Torch.Optim;

/// <summary>The length of all gradients together.</summary>
public static class GradientNorm
{
    private static readonly Operator s_foreachNorm = Operators.Get("_foreach_norm", "Scalar");

    /// <summary>L2 norm over the gradients of all parameters; 0 when none has one.</summary>
    public static double Total(IEnumerable<Tensor> parameters)
    {
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        Tensor[] gradients = [.. parameters.Select(static parameter => parameter.Grad).OfType<Tensor>()];
        return gradients.Length == 0 ? 0 : Tensor.Stack(s_foreachNorm.CallMany(gradients, 2.0)).Norm().Item<double>();
    }

    /// <summary>The factor that brings a norm down to a limit (torch.nn.utils.clip_grad_norm_); 1 when it is below.</summary>
    public static double ClipFactor(double norm, double limit) => Math.Min(1, limit / (norm + 1e-6));

    /// <summary>Scales the gradients of all parameters so that their norm is at most the limit; returns the norm before.</summary>
    public static double Clip(IReadOnlyCollection<Tensor> parameters, double limit)
    {
        double norm = Total(parameters);
        double factor = ClipFactor(norm, limit);
        if (factor < 1)
        {
            using var scope = new TensorScope();
            using NoGrad guard = NoGrad.Enter();
            foreach (Tensor parameter in parameters)
            {
                parameter.Grad?.MulInPlace(factor);
            }
        }
        return norm;
    }
}

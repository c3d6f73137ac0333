using NnGpt.Torch.Interop;

namespace NnGpt.Torch.Optim;

/// <summary>
/// Updates of one parameter in one pass over its memory, equal to PyTorch's operators one after the other up to rounding. They take
/// float32 tensors on the CPU that lie alike, without gaps; for others they change nothing and return false.
/// </summary>
public static unsafe class FusedSteps
{
    /// <summary>torch.optim.SGD.</summary>
    /// <param name="parameter">Is changed.</param>
    /// <param name="gradient">Is read.</param>
    /// <param name="buffer">Momentum buffer that an earlier step left, is changed; null without momentum.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="momentum">Share of the buffer that stays.</param>
    /// <param name="dampening">1 minus the gradient's share.</param>
    /// <param name="weightDecay">L2 penalty.</param>
    /// <param name="nesterov">Nesterov momentum.</param>
    public static bool TrySgd(Tensor parameter, Tensor gradient, Tensor? buffer, double lr, double momentum, double dampening, double weightDecay, bool nesterov)
    {
        bool done = NativeMethods.nngpt_try_sgd(
            parameter.Handle, gradient.Handle, buffer?.Handle ?? 0, lr, momentum, dampening, weightDecay, nesterov ? 1 : 0) != 0;
        GC.KeepAlive((parameter, gradient, buffer));
        return done;
    }

    /// <summary>torch.optim.Adam, or AdamW when the decay is decoupled; without amsgrad.</summary>
    /// <param name="parameter">Is changed.</param>
    /// <param name="gradient">Is read.</param>
    /// <param name="first">Mean of gradients, is changed.</param>
    /// <param name="second">Mean of their squares, is changed.</param>
    /// <param name="step">Number of this step, from 1.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="betas">Decays of the means.</param>
    /// <param name="eps">Added to the root.</param>
    /// <param name="weightDecay">Weight decay.</param>
    /// <param name="decoupled">Whether the decay scales the parameter instead of being part of the gradient.</param>
    public static bool TryAdam(
        Tensor parameter, Tensor gradient, Tensor first, Tensor second, long step, double lr, (double First, double Second) betas, double eps, double weightDecay, bool decoupled)
    {
        bool done = NativeMethods.nngpt_try_adam(
            parameter.Handle, gradient.Handle, first.Handle, second.Handle, step, lr, betas.First, betas.Second, eps, weightDecay, decoupled ? 1 : 0) != 0;
        GC.KeepAlive((parameter, gradient, first, second));
        return done;
    }

    /// <summary>L2 norm of all tensors together.</summary>
    public static bool TryNorm(IReadOnlyList<Tensor> tensors, out double norm)
    {
        double total = 0;
        norm = 0;
        foreach (Tensor tensor in tensors)
        {
            double squares;
            if (NativeMethods.nngpt_try_squares(tensor.Handle, &squares) == 0)
            {
                return false;
            }
            GC.KeepAlive(tensor);
            total += squares;
        }
        norm = Math.Sqrt(total);
        return true;
    }
}

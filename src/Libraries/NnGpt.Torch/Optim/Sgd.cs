namespace NnGpt.Torch.Optim;

/// <summary>Stochastic gradient descent with momentum and weight decay, as torch.optim.SGD.</summary>
/// <param name="parameters">What is optimised.</param>
/// <param name="momentum">Default 0.</param>
/// <param name="weightDecay">L2 penalty; default 0.</param>
public sealed class Sgd(IEnumerable<Tensor> parameters, double momentum = 0, double weightDecay = 0) : IDisposable
{
    private readonly Tensor[] _parameters = [.. parameters];
    private readonly Dictionary<Tensor, Tensor> _velocities = [];

    /// <summary>One step with the gradients that the parameters hold.</summary>
    public void Step(double learningRate)
    {
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        foreach (Tensor parameter in _parameters)
        {
            if (parameter.Grad is not { } gradient)
            {
                continue;
            }
            if (weightDecay != 0)
            {
                gradient += parameter * weightDecay;
            }
            if (momentum != 0)
            {
                if (_velocities.TryGetValue(parameter, out Tensor? velocity))
                {
                    velocity.MulInPlace(momentum).AddInPlace(gradient);
                }
                else
                {
                    _velocities[parameter] = velocity = TensorScope.Detach(gradient.Clone());
                }
                gradient = velocity;
            }
            parameter.AddInPlace(gradient, -learningRate);
        }
    }

    /// <summary>Drops the gradients.</summary>
    public void ZeroGrad()
    {
        foreach (Tensor parameter in _parameters)
        {
            parameter.Grad = null;
        }
    }

    /// <summary>Frees the velocities; the parameters are not its own.</summary>
    public void Dispose()
    {
        foreach (Tensor velocity in _velocities.Values)
        {
            velocity.Dispose();
        }
    }
}

namespace NnGpt.Torch.Optim;

/// <summary>An optimiser with a learning rate of its own for each step, whose state can be stored.</summary>
public interface IOptimizer : IDisposable
{
    /// <summary>Steps taken; set when training is resumed.</summary>
    long StepCount { get; set; }

    /// <summary>Bytes of the state that it keeps beside the parameters.</summary>
    long StateBytes { get; }

    /// <summary>One step with the gradients that the parameters hold; those without one stay as they are.</summary>
    /// <param name="learningRate">Step size.</param>
    /// <param name="gradientScale">Multiplies every gradient (clipping, accumulation).</param>
    void Step(double learningRate, double gradientScale = 1);

    /// <summary>Drops the gradients.</summary>
    void ZeroGrad();

    /// <summary>The tensors of the state, which may be written to: a kind ("first", "second", ...) and the parameter's name, with a dot between.</summary>
    /// <param name="names">Names of the parameters, in their order.</param>
    IEnumerable<KeyValuePair<string, Tensor>> State(IReadOnlyList<string> names);
}

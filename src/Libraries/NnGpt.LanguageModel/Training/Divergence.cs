namespace NnGpt.LanguageModel.Training;

/// <summary>Stops a training that has nothing to learn from any more, before it spoils its parameters.</summary>
internal static class Divergence
{
    /// <exception cref="InvalidDataException">Loss or gradient is infinite or no number.</exception>
    public static void ThrowIfDiverged(double loss, double norm, long step)
    {
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"the training has diverged: in step {step} the loss is {loss} and the length of the gradient {norm}; lower the learning rate, or look for damaged weights"));
        }
    }
}

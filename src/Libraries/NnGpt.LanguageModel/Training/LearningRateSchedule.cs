namespace NnGpt.LanguageModel.Training;

/// <summary>Linear warm-up, then half a cosine down to a share of the peak.</summary>
internal static class LearningRateSchedule
{
    /// <summary>The rate of a step, counted from 0.</summary>
    public static double At(int step, int steps, int warmup, double peak, double finalShare)
    {
        if (step < warmup)
        {
            return peak * (step + 1) / warmup;
        }
        double progress = Math.Min(1, (step - warmup) / (double)Math.Max(1, steps - warmup));
        return peak * (finalShare + ((1 - finalShare) * 0.5 * (1 + Math.Cos(Math.PI * progress))));
    }
}

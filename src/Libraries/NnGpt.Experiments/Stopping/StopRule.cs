using NnGpt.Experiments.Profiles;
using NnGpt.Experiments.Statistics;

namespace NnGpt.Experiments.Stopping;

/// <summary>Ends an experiment early when it has stopped improving (arXiv 2601.02997, supplementary D).</summary>
public static class StopRule
{
    /// <summary>
    /// True when, over the last <c>patience</c> closed cycles, the mean accuracy of the last exceeds that of the first
    /// by less than <c>epsilon</c>, and every later share above the threshold lies in the 95 % Wilson interval of the
    /// first. Fewer cycles, or one in which nothing was scored, never stop an experiment.
    /// </summary>
    public static bool ShouldStop(StoppingProfile stopping, IReadOnlyList<CycleResult> closed)
    {
        if (!stopping.Enabled || closed.Count < stopping.Patience)
            return false;
        CycleResult[] window = [.. closed.Skip(closed.Count - stopping.Patience)];
        if (window.Any(c => c.Scored == 0))
            return false;
        bool improved = window[^1].MeanAccuracy - window[0].MeanAccuracy >= stopping.Epsilon;
        var share = WilsonInterval.Of(window[0].AboveThreshold, window[0].Scored);
        return !improved && window.Skip(1).All(c => share.Contains((double)c.AboveThreshold / c.Scored));
    }
}

using MathNet.Numerics.Statistics;
using NnGpt.Experiments.Profiles;

namespace NnGpt.Experiments.Admission;

/// <summary>The accuracy a candidate must reach; fixed when its cycle starts.</summary>
public static class AccuracyThreshold
{
    /// <summary>
    /// The larger of the floor and, when the profile asks for it, the quantile of every accuracy scored so far in the
    /// experiment: a quantile of 0.70 asks a candidate to be among the best 30 % so far. Between two accuracies it is
    /// interpolated linearly (Hyndman and Fan's type 7, as numpy).
    /// </summary>
    public static double Of(AdmissionProfile admission, IReadOnlyCollection<double> scored) =>
        admission.AccuracyQuantile == 0 || scored.Count == 0
            ? admission.AccuracyFloor
            : Math.Max(admission.AccuracyFloor, scored.QuantileCustom(admission.AccuracyQuantile, QuantileDefinition.R7));
}

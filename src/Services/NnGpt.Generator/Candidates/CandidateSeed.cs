using NnGpt.Data;

namespace NnGpt.Generator.Candidates;

/// <summary>The sampling seed of a candidate, a function of its position alone: asked again, it is the same candidate.</summary>
internal static class CandidateSeed
{
    public static ulong Of(ulong experimentSeed, int cycle, int index) => SplitMix64.Derive(SplitMix64.Derive(experimentSeed, cycle), index);
}

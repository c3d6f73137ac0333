namespace NnGpt.Generator.Candidates;

/// <summary>The sampling seed of a candidate, a function of its position alone: asked again, it is the same candidate.</summary>
internal static class CandidateSeed
{
    public static ulong Of(ulong experimentSeed, int cycle, int index) =>
        Mix(Mix(experimentSeed + (uint)cycle) + (uint)index);

    // Finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}

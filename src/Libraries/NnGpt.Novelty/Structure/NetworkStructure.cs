using NnGpt.Protocol.V1;

namespace NnGpt.Novelty.Structure;

/// <summary>
/// What a network computes, reduced to what can be compared: a fingerprint that names, order of statements, comments, dead code
/// and the division into modules and functions do not change; a histogram of its neighbourhoods; its blocks.
/// </summary>
public sealed class NetworkStructure
{
    private const string Version = "g1";
    private const int Rounds = 3;

    private NetworkStructure(string fingerprint, StructureHistogram histogram, IReadOnlyList<Motif> motifs, long unusedParameters) =>
        (Fingerprint, Histogram, Motifs, UnusedParameters) = (fingerprint, histogram, motifs, unusedParameters);

    /// <summary>"g1:" and 32 hexadecimal digits; the same on every machine. Another scheme has another prefix.</summary>
    public string Fingerprint { get; }

    /// <summary>Its blocks, in order of execution.</summary>
    public IReadOnlyList<Motif> Motifs { get; }

    /// <summary>Numbers in parameters that the output does not depend on; they are no part of the fingerprint.</summary>
    public long UnusedParameters { get; }

    internal StructureHistogram Histogram { get; }

    /// <summary>The structure of a traced graph; null when the graph was truncated, or is none that a tracer makes.</summary>
    public static NetworkStructure? Of(ComputationGraph graph)
    {
        if (CanonicalGraph.Of(graph) is not { } canonical)
            return null;
        var colours = Colouring.Complete(canonical);
        Array.Sort(colours);
        var whole = Colouring.Hash(Colouring.Hash(Version), colours);
        return new NetworkStructure(
            $"{Version}:{whole:x32}", StructureHistogram.Of(canonical, Rounds, whole), MotifFinder.Find(canonical), graph.UnusedParameters);
    }

    /// <summary>
    /// Similarity in 0..1: the weighted Jaccard index of the Weisfeiler-Lehman subtree histograms with and without sizes. The
    /// fingerprint is one entry of them, so it is 1 exactly when the fingerprints are equal.
    /// </summary>
    public double SimilarityTo(NetworkStructure other) => Histogram.Jaccard(other.Histogram);
}

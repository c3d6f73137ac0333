using NnGpt.Novelty.Lsh;

namespace NnGpt.Novelty;

/// <summary>How similarity is measured and judged. Documents of one experiment must all be signed with the same settings.</summary>
/// <param name="JaccardThreshold">tau: a near-duplicate is above it. Paper: 0.90.</param>
/// <param name="RetrievalThreshold">Of the LSH index. Paper: 0.85.</param>
/// <param name="Permutations">num_perm. Paper: 256.</param>
/// <param name="ShingleSize">Tokens a shingle. Paper: 10.</param>
/// <param name="Filter">False admits near-duplicates too (ablation).</param>
public sealed record NoveltySettings(
    double JaccardThreshold = 0.90,
    double RetrievalThreshold = 0.85,
    int Permutations = 256,
    int ShingleSize = 10,
    bool Filter = true)
{
    /// <summary>Bands and rows of the index.</summary>
    public LshBanding Banding => LshBanding.Optimal(RetrievalThreshold, Permutations);
}

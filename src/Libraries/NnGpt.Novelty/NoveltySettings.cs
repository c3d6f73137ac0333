using NnGpt.Novelty.Lsh;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty;

/// <summary>How similarity is measured and judged. Documents of one experiment must all be signed with the same settings.</summary>
/// <param name="JaccardThreshold">tau: a near-duplicate is above it. Paper: 0.90.</param>
/// <param name="RetrievalThreshold">What is at least this similar is retrieved. Paper: 0.85.</param>
/// <param name="Permutations">num_perm. Paper: 256.</param>
/// <param name="ShingleSize">Tokens a shingle. Paper: 10.</param>
/// <param name="Filter">False admits near-duplicates too (ablation).</param>
/// <param name="Tokens">What of a token counts. Paper: all of it.</param>
public sealed record NoveltySettings(
    double JaccardThreshold = 0.90,
    double RetrievalThreshold = 0.85,
    int Permutations = 256,
    int ShingleSize = 10,
    bool Filter = true,
    TokenMode Tokens = TokenMode.Exact)
{
    /// <summary>Bands and rows of the index.</summary>
    public LshBanding Banding => LshBanding.ForRetrieval(RetrievalThreshold, Permutations);

    /// <summary>When the estimate decides, and when the exact similarity does.</summary>
    public NearDuplicateRule Rule => new(JaccardThreshold, Permutations);
}

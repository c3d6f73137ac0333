namespace NnGpt.Novelty;

/// <summary>
/// A pair is a near-duplicate above tau. Away from tau the estimate decides; within four standard errors of it,
/// 4 sqrt(tau (1 - tau) / num_perm), the exact Jaccard similarity of the shingle sets does. An estimate errs by more once in
/// 16,000 pairs at J = tau, and that pair is 0.075 from what was estimated, for the paper's figures.
/// </summary>
/// <param name="Tau">0..1; 0.90 in the paper.</param>
/// <param name="Permutations">num_perm of the estimate.</param>
public readonly record struct NearDuplicateRule(double Tau, int Permutations)
{
    private const double StandardErrors = 4;

    /// <summary>Half the width of the zone in which the exact similarity decides: 0.075 for tau 0.90 and 256 permutations.</summary>
    public double Margin => StandardErrors * Math.Sqrt(Tau * (1 - Tau) / Permutations);

    /// <summary>Whether this estimate is too near to tau to decide.</summary>
    public bool IsBorderline(double estimate) => Math.Abs(estimate - Tau) <= Margin;

    /// <summary>The similarity that counts: the estimate, or the exact one where the estimate is borderline.</summary>
    public double Similarity(SignedDocument a, SignedDocument b)
    {
        double estimate = a.Signature.EstimateJaccard(b.Signature);
        return IsBorderline(estimate) ? a.Shingles.Jaccard(b.Shingles) : estimate;
    }

    /// <summary>Whether two documents are near-duplicates.</summary>
    public bool IsNearDuplicate(SignedDocument a, SignedDocument b) => Similarity(a, b) > Tau;
}

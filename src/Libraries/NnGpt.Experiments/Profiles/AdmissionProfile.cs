namespace NnGpt.Experiments.Profiles;

/// <summary>What a candidate must reach to join the corpus.</summary>
/// <param name="AccuracyFloor">Lowest threshold, 0..1.</param>
/// <param name="AccuracyQuantile">0.70: among the best 30 % so far; 0: the floor alone.</param>
/// <param name="Tau">Near-duplicates have a Jaccard similarity above it.</param>
/// <param name="Retrieval">Threshold of the LSH index.</param>
/// <param name="Permutations">Of MinHash.</param>
/// <param name="Shingle">Tokens a shingle.</param>
/// <param name="NoveltyFilter">False admits near-duplicates (ablation).</param>
public sealed record AdmissionProfile(
    double AccuracyFloor, double AccuracyQuantile, double Tau, double Retrieval, int Permutations, int Shingle, bool NoveltyFilter);

namespace NnGpt.Novelty;

/// <summary>What the index says of a candidate. A similarity is estimated, or exact where the estimate was borderline.</summary>
/// <param name="Novel">No document of corpus or archive is more similar than tau.</param>
/// <param name="Admitted">It is in the archive now.</param>
/// <param name="JTrain">Highest Jaccard to the corpus, the admissions of earlier cycles included.</param>
/// <param name="NearestTrain">That document's id; empty when nothing similar is known.</param>
/// <param name="JGenerated">Highest Jaccard to what this cycle admitted; without a cycle, to everything admitted.</param>
/// <param name="NearestGenerated">That candidate's id; empty when nothing similar is known.</param>
/// <param name="RejectionCount">Near-duplicates above the accuracy threshold since the last admission, this one included.</param>
public sealed record NoveltyVerdict(
    bool Novel,
    bool Admitted,
    double JTrain,
    string NearestTrain,
    double JGenerated,
    string NearestGenerated,
    int RejectionCount);

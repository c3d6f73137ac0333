namespace NnGpt.Novelty;

/// <summary>What the index says of a candidate.</summary>
/// <param name="Novel">No document of corpus or archive is more similar than tau.</param>
/// <param name="Admitted">It is in the archive now.</param>
/// <param name="JTrain">Highest estimated Jaccard to the corpus.</param>
/// <param name="NearestTrain">That document's id; empty when the corpus is.</param>
/// <param name="JGenerated">Highest estimated Jaccard to the archive of the experiment's admitted candidates.</param>
/// <param name="NearestGenerated">That candidate's id; empty when the archive is.</param>
/// <param name="RejectionCount">Near-duplicates above the accuracy threshold since the last admission, this one included.</param>
public sealed record NoveltyVerdict(
    bool Novel,
    bool Admitted,
    double JTrain,
    string NearestTrain,
    double JGenerated,
    string NearestGenerated,
    int RejectionCount);

namespace NnGpt.Curation;

/// <summary>How far a curation is.</summary>
/// <param name="Share">Of the source, 0..1.</param>
/// <param name="Read">Records so far.</param>
/// <param name="Kept">Of them kept.</param>
public readonly record struct CurationProgress(double Share, long Read, long Kept);

namespace NnGpt.Novelty;

/// <summary>Size of an experiment's index.</summary>
/// <param name="IsComplete">False when the store does not know the experiment, or has lost it.</param>
/// <param name="Corpus">Documents of the corpus.</param>
/// <param name="Admitted">Admitted candidates.</param>
public sealed record NoveltyIndexStats(bool IsComplete, long Corpus, long Admitted);

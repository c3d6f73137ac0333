namespace NnGpt.Novelty;

/// <summary>Size of an experiment's index.</summary>
/// <param name="Known">False when the store has never seen the experiment, or has lost it.</param>
/// <param name="Corpus">Documents of the corpus.</param>
/// <param name="Admitted">Admitted candidates.</param>
public sealed record NoveltyIndexStats(bool Known, long Corpus, long Admitted);

namespace NnGpt.Experiments.Admission;

/// <summary>A candidate with its accuracy.</summary>
/// <param name="Id">Candidate id.</param>
/// <param name="Accuracy">Top-1 on the validation split, 0..1.</param>
/// <param name="Parameters">Trainable parameters.</param>
public sealed record ScoredCandidate(string Id, double Accuracy, long Parameters);

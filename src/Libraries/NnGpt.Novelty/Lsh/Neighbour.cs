namespace NnGpt.Novelty.Lsh;

/// <summary>A document of an index, and how similar it is.</summary>
/// <param name="Document">Its number: the order in which it was added, from 0.</param>
/// <param name="Jaccard">Exact where the estimate was too near to tau to decide, else the estimate.</param>
public readonly record struct Neighbour(int Document, double Jaccard);

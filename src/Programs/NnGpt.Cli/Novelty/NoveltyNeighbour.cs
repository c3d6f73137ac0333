namespace NnGpt.Cli.Novelty;

/// <summary>A document that a source was compared with.</summary>
internal sealed record NoveltyNeighbour(string Id, string Kind, double Jaccard);

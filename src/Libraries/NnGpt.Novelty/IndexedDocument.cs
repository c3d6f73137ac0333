namespace NnGpt.Novelty;

/// <summary>A document that an index holds without having judged it.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Id">Unique among its kind.</param>
/// <param name="Source">Python text.</param>
/// <param name="Cycle">Of an admitted candidate: the cycle that admitted it.</param>
public sealed record IndexedDocument(DocumentKind Kind, string Id, string Source, int Cycle = 0);

namespace NnGpt.Novelty.Structure;

/// <summary>A block of a network: one layer with what follows it, or a region of parallel branches. Widths and sizes do not count.</summary>
/// <param name="Id">16 hexadecimal digits: equal for equal blocks.</param>
/// <param name="Text">"conv 3x3 > batch_norm > relu".</param>
/// <param name="Location">Modules that execute it: "features.0 .. features.2"; empty for the network's own forward.</param>
public sealed record Motif(string Id, string Text, string Location);

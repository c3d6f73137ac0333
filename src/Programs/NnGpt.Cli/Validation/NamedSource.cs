namespace NnGpt.Cli.Validation;

/// <summary>A network to be scored.</summary>
/// <param name="Name">Path of its file, or id of the corpus document.</param>
/// <param name="Source">Its Python text.</param>
internal sealed record NamedSource(string Name, string Source);

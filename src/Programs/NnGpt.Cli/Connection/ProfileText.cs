namespace NnGpt.Cli.Connection;

/// <summary>A profile that can be used.</summary>
/// <param name="Text">YAML.</param>
/// <param name="Folder">Where its file is: paths in it are meant from there.</param>
internal sealed record ProfileText(string Text, string Folder);

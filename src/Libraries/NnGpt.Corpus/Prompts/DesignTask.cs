namespace NnGpt.Corpus.Prompts;

/// <summary>What a network is designed for: the figures that a prompt states.</summary>
/// <param name="DataSet">Name of the data set, for example <c>fashion-mnist</c>.</param>
/// <param name="Channels">Channels of an image.</param>
/// <param name="Height">Height of an image in pixels.</param>
/// <param name="Width">Width of an image in pixels.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="ParameterBudget">The most trainable parameters a network may have.</param>
public sealed record DesignTask(
    string DataSet, int Channels, int Height, int Width, int Classes, int ParameterBudget = 500_000);

using NnGpt.Data;

namespace NnGpt.Corpus.Prompts;

/// <summary>What a network is designed for: the figures that a prompt states.</summary>
/// <param name="DataSet">Name of the data set, for example <c>fashion-mnist</c>.</param>
/// <param name="Channels">Channels of an image.</param>
/// <param name="Height">Height of an image in pixels.</param>
/// <param name="Width">Width of an image in pixels.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="ParameterBudget">The most trainable parameters a network may have.</param>
public sealed record DesignTask(
    string DataSet, int Channels, int Height, int Width, int Classes, int ParameterBudget = 500_000)
{
    /// <summary>
    /// The task on a data set of <see cref="DatasetCatalog"/>. Everyone who states the task (pretraining, sampling,
    /// training pairs) makes it here, so that the prompt is the same to the letter.
    /// </summary>
    /// <returns>Null when the catalogue has no such data set.</returns>
    public static DesignTask? Of(string dataSet, int parameterBudget) =>
        DatasetCatalog.Find(dataSet) is { } description
            ? new DesignTask(description.Name, description.Channels, description.Size, description.Size, description.ClassNames.Count, parameterBudget)
            : null;
}

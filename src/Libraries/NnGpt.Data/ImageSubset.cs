namespace NnGpt.Data;

/// <summary>Some images of a data set, by index into one of its official splits.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Source">The official split the indices point into.</param>
/// <param name="Indices">Images in their order.</param>
public sealed record ImageSubset(ImageDataset Dataset, ImageSplit Source, int[] Indices)
{
    /// <summary>Number of images.</summary>
    public int Count => Indices.Length;
}

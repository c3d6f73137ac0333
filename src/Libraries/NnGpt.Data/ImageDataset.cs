namespace NnGpt.Data;

/// <summary>An image classification data set with its official training and test splits.</summary>
public sealed class ImageDataset
{
    /// <summary>Name in the <see cref="DatasetCatalog"/>, e.g. "fashion-mnist".</summary>
    public required string Name { get; init; }

    /// <summary>Colour channels: 1 or 3 (red, green, blue).</summary>
    public required int Channels { get; init; }

    /// <summary>Rows of pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Name of each class in label order.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The official training split.</summary>
    public required ImageSplit Train { get; init; }

    /// <summary>The official test split.</summary>
    public required ImageSplit Test { get; init; }

    /// <summary>Number of classes.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>Bytes of one image.</summary>
    public int ImageSize => Channels * Height * Width;
}

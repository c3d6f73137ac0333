namespace NnGpt.Data;

/// <summary>What the catalogue knows of a data set without opening its files.</summary>
public sealed class DatasetDescription
{
    /// <summary>Name in the catalogue, e.g. "cifar-10".</summary>
    public required string Name { get; init; }

    /// <summary>Name as people write it, e.g. "CIFAR-10".</summary>
    public required string Title { get; init; }

    /// <summary>Colour channels.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows and columns of pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Names of the classes in label order.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Images in the official training split.</summary>
    public required int TrainImages { get; init; }

    /// <summary>Images in the official test split.</summary>
    public required int TestImages { get; init; }

    /// <summary>Where to get the files.</summary>
    public required string Source { get; init; }

    /// <summary>Folders searched, relative to the data directory.</summary>
    internal IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Folders of the operating system's packages, searched last.</summary>
    internal IReadOnlyList<string> SystemFolders { get; init; } = [];

    internal DatasetFormat Format { get; init; }
}

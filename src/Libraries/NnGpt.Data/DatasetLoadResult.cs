using System.Diagnostics.CodeAnalysis;

namespace NnGpt.Data;

/// <summary>A loaded data set, or why there is none.</summary>
public sealed class DatasetLoadResult
{
    internal DatasetLoadResult(ImageDataset dataset) => Dataset = dataset;

    internal DatasetLoadResult(DatasetFailure failure) => Failure = failure;

    /// <summary>The data set; null on failure.</summary>
    public ImageDataset? Dataset { get; }

    /// <summary>The failure; null on success.</summary>
    public DatasetFailure? Failure { get; }

    /// <summary>True when the data set is there.</summary>
    [MemberNotNullWhen(true, nameof(Dataset))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded => Dataset is not null;
}

namespace NnGpt.Data;

/// <summary>
/// Training and validation images carved from the official training split, and the test split untouched.
/// The training split is permuted by <see cref="SplitMix64"/>; its last images are the validation split, its first
/// the training subset. So validation stays the same whatever the size of the subset.
/// </summary>
public sealed class DatasetSplit
{
    private DatasetSplit(ImageSubset train, ImageSubset validation, ImageSubset test)
    {
        Train = train;
        Validation = validation;
        Test = test;
        Normalisation = Normalisation.Measure(train);
    }

    /// <summary>Images to train on.</summary>
    public ImageSubset Train { get; }

    /// <summary>Images that score candidates. None of them is in <see cref="Train"/>.</summary>
    public ImageSubset Validation { get; }

    /// <summary>The official test split, for the final report only.</summary>
    public ImageSubset Test { get; }

    /// <summary>Measured on <see cref="Train"/> alone.</summary>
    public Normalisation Normalisation { get; }

    /// <summary>Splits a data set.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="trainImages">Images to train on; 0: all that the validation split leaves.</param>
    /// <param name="validationImages">Images that score candidates.</param>
    /// <param name="seed">Seed of the permutation.</param>
    /// <exception cref="ArgumentOutOfRangeException">The training split has fewer images than asked for.</exception>
    public static DatasetSplit Create(ImageDataset dataset, int trainImages, int validationImages, ulong seed)
    {
        int total = dataset.Train.Count;
        ArgumentOutOfRangeException.ThrowIfNegative(validationImages);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validationImages, total);
        ArgumentOutOfRangeException.ThrowIfNegative(trainImages);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trainImages, total - validationImages);
        int[] order = SplitMix64.Permutation(total, seed);
        int train = trainImages == 0 ? total - validationImages : trainImages;
        return new DatasetSplit(
            new ImageSubset(dataset, dataset.Train, order[..train]),
            new ImageSubset(dataset, dataset.Train, order[(total - validationImages)..]),
            new ImageSubset(dataset, dataset.Test, [.. Enumerable.Range(0, dataset.Test.Count)]));
    }
}

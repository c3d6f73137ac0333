namespace NnGpt.Data;

/// <summary>
/// The batches of one pass over a subset, normalised float32 images and int64 labels. Batches are written into
/// memory that the caller owns (a tensor's), so nothing is copied twice.
/// </summary>
public sealed class Batches
{
    private readonly ImageSubset _subset;
    private readonly Normalisation _normalisation;
    private readonly int[] _order;

    private Batches(ImageSubset subset, Normalisation normalisation, int batchSize, int[] order, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(normalisation.Mean.Count, subset.Dataset.Channels);
        _subset = subset;
        _normalisation = normalisation;
        _order = order;
        BatchSize = batchSize;
        Count = count;
    }

    /// <summary>Images of a batch; the last may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Number of batches.</summary>
    public int Count { get; }

    /// <summary>Floats of one image.</summary>
    public int ImageSize => _subset.Dataset.ImageSize;

    /// <summary>
    /// Batches to train on: the subset shuffled by <see cref="SplitMix64"/>. A last batch of a single image is left
    /// out, because batch normalisation cannot learn from one.
    /// </summary>
    public static Batches Shuffled(ImageSubset subset, Normalisation normalisation, int batchSize, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        int rest = subset.Count % batchSize;
        int count = subset.Count / batchSize + (rest > 1 || (rest == 1 && subset.Count == 1) ? 1 : 0);
        int[] order = (int[])subset.Indices.Clone();
        new SplitMix64(seed).Shuffle(order);
        return new Batches(subset, normalisation, batchSize, order, count);
    }

    /// <summary>Batches to evaluate on: every image once, in the order of the subset.</summary>
    public static Batches InOrder(ImageSubset subset, Normalisation normalisation, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        return new(subset, normalisation, batchSize, subset.Indices, (subset.Count + batchSize - 1) / batchSize);
    }

    /// <summary>Number of images in a batch.</summary>
    /// <param name="batch">From 0 to <see cref="Count"/> - 1.</param>
    public int SizeOf(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(batch, Count);
        return Math.Min(BatchSize, _order.Length - batch * BatchSize);
    }

    /// <summary>Writes a batch.</summary>
    /// <param name="batch">From 0 to <see cref="Count"/> - 1.</param>
    /// <param name="images">At least SizeOf(batch) * ImageSize floats, shape (images, channels, height, width).</param>
    /// <param name="labels">At least SizeOf(batch) classes.</param>
    /// <returns>The number of images written.</returns>
    public int Fill(int batch, Span<float> images, Span<long> labels)
    {
        int count = SizeOf(batch), size = ImageSize;
        for (int i = 0; i < count; i++)
        {
            int index = _order[batch * BatchSize + i];
            _normalisation.Apply(_subset.Source.Images.AsSpan(index * size, size), images.Slice(i * size, size));
            labels[i] = _subset.Source.Labels[index];
        }
        return count;
    }
}

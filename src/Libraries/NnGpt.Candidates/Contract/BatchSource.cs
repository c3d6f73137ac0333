namespace NnGpt.Candidates;

/// <summary>Writes one batch into memory that the caller owns; gives the number of images.</summary>
/// <param name="batch">From 0.</param>
/// <param name="images">Room for SizeOf(batch) images of (channels, height, width) float32.</param>
/// <param name="labels">Room for SizeOf(batch) classes.</param>
public delegate int BatchFill(int batch, Span<float> images, Span<long> labels);

/// <summary>The batches of one pass over a data set, written straight into the memory of tensors.</summary>
/// <param name="Count">Number of batches.</param>
/// <param name="SizeOf">Images of a batch.</param>
/// <param name="Fill">Writes a batch.</param>
public sealed record BatchSource(int Count, Func<int, int> SizeOf, BatchFill Fill)
{
    /// <summary>Images of all batches.</summary>
    public long Images => Enumerable.Range(0, Count).Sum(i => (long)SizeOf(i));
}

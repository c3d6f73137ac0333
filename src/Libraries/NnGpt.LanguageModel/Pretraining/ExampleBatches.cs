using NnGpt.Corpus.Sampling;
using NnGpt.LanguageModel.Tokenization;
using NnGpt.LanguageModel.Training;

namespace NnGpt.LanguageModel.Pretraining;

/// <summary>
/// Training batches in which every row is one whole example, from its first token on, as it is when the model is
/// sampled: names are always defined before they are used. Rows of a batch have similar lengths, so little is padding;
/// prompt and padding do not count in the loss. Any step can be computed without those before it.
/// </summary>
public sealed class ExampleBatches : ITrainingBatches
{
    private const int BatchesOfAWindow = 32;
    private const long Ignored = -100;

    private readonly IReadOnlyList<EncodedExample> _examples;
    private readonly int _batchSize;
    private readonly ulong _seed;
    private readonly int _batchesOfAnEpoch;
    private int _epoch = -1;
    private int[][] _batches = [];

    /// <summary>Batches of <paramref name="batchSize"/> examples, in an order drawn anew for every epoch.</summary>
    public ExampleBatches(IReadOnlyList<EncodedExample> examples, int batchSize, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(examples.Count, batchSize);
        (_examples, _batchSize, _seed) = (examples, batchSize, seed);
        _batchesOfAnEpoch = examples.Count / batchSize;
        MaximumLength = examples.Max(example => example.Ids.Length) - 1;
    }

    /// <inheritdoc/>
    public int MaximumLength { get; }

    /// <inheritdoc/>
    public int LargestToken => _examples.Max(example => example.Ids.Max());

    /// <inheritdoc/>
    public TrainingBatch At(int step)
    {
        int epoch = step / _batchesOfAnEpoch;
        if (epoch != _epoch)
        {
            _batches = Order(epoch);
            _epoch = epoch;
        }

        return Collate([.. _batches[step % _batchesOfAnEpoch].Select(index => _examples[index])]);
    }

    /// <summary>The examples in order, for measuring a loss; the last batch may be smaller.</summary>
    public static IEnumerable<TrainingBatch> InOrder(IReadOnlyList<EncodedExample> examples, int batchSize) =>
        examples.OrderBy(example => example.Ids.Length).Chunk(batchSize).Select(Collate);

    private int[][] Order(int epoch)
    {
        RandomSource random = new(_seed + ((ulong)epoch << 32));
        int[] order = [.. Enumerable.Range(0, _examples.Count)];
        random.Shuffle<int>(order);
        int[][] batches = [.. order.Chunk(_batchSize * BatchesOfAWindow)
            .SelectMany(window => window.OrderBy(index => _examples[index].Ids.Length).Chunk(_batchSize))
            .Where(batch => batch.Length == _batchSize)];
        random.Shuffle<int[]>(batches);
        return batches;
    }

    private static TrainingBatch Collate(EncodedExample[] rows)
    {
        int length = rows.Max(row => row.Ids.Length) - 1;
        long[] inputs = new long[rows.Length * length];
        long[] targets = new long[rows.Length * length];
        Array.Fill(targets, Ignored);
        for (int row = 0; row < rows.Length; row++)
        {
            int[] ids = rows[row].Ids;
            for (int i = 0; i + 1 < ids.Length; i++)
            {
                inputs[row * length + i] = ids[i];
                if (i + 1 >= rows[row].PromptLength)
                {
                    targets[row * length + i] = ids[i + 1];
                }
            }
        }

        return new TrainingBatch(inputs, targets, rows.Length, length);
    }
}

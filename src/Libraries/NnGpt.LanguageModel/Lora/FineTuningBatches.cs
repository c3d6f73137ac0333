namespace NnGpt.LanguageModel.Lora;

/// <summary>
/// The batches of each epoch. Examples are shuffled, sorted by length within large pools so that rows of a batch need little padding,
/// and the steps are shuffled again.
/// </summary>
internal sealed class FineTuningBatches(IReadOnlyList<FineTuningExample> examples, FineTuningOptions options)
{
    private const int PoolSteps = 8;

    public int StepsPerEpoch => (examples.Count + PerStep - 1) / PerStep;

    public int LongestLength => examples.Max(example => Math.Min(options.MaxLength, Math.Max(2, example.Prompt.Count + example.Completion.Count)));

    private int PerStep => options.BatchSize * options.Accumulation;

    /// <summary>The steps of an epoch, each of one batch or, with accumulation, several.</summary>
    public IEnumerable<FineTuningBatch[]> Epoch(int epoch)
    {
        Random random = new(unchecked((int)(options.Seed * 1_000_003) + epoch));
        int[] order = [.. Enumerable.Range(0, examples.Count)];
        random.Shuffle(order);
        List<int[]> batches = [];
        foreach (int[] pool in order.Chunk(PerStep * PoolSteps))
        {
            batches.AddRange(pool.OrderBy(index => examples[index].Prompt.Count + examples[index].Completion.Count).ThenBy(static index => index).Chunk(options.BatchSize));
        }
        int[][] shuffled = [.. batches];
        random.Shuffle(shuffled);
        return shuffled.Chunk(options.Accumulation).Select(group => group
            .Select(batch => FineTuningBatch.Create([.. batch.Select(index => examples[index])], options.MaxLength, options.MaskPrompt)).ToArray());
    }
}

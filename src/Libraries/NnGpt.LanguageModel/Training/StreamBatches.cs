namespace NnGpt.LanguageModel.Training;

/// <summary>Blocks of one long stream of tokens, whatever documents they cut.</summary>
internal sealed class StreamBatches : ITrainingBatches
{
    private readonly ReadOnlyMemory<int> _tokens;
    private readonly int _batchSize;
    private readonly BlockOrder _order;

    public StreamBatches(ReadOnlyMemory<int> tokens, int blockLength, int batchSize, ulong seed)
    {
        if (tokens.Length < (2 * blockLength) + 1)
        {
            throw new ArgumentException($"the stream has {tokens.Length} tokens, fewer than two blocks of {blockLength}", nameof(tokens));
        }
        foreach (int token in tokens.Span)
        {
            LargestToken = token < 0 ? int.MaxValue : Math.Max(LargestToken, token);
        }
        (_tokens, MaximumLength, _batchSize, _order) = (tokens, blockLength, batchSize, new BlockOrder(tokens.Length, blockLength, seed));
    }

    public int MaximumLength { get; }

    public int LargestToken { get; }

    public TrainingBatch At(int step)
    {
        int length = MaximumLength;
        var inputs = new long[_batchSize * length];
        var targets = new long[_batchSize * length];
        for (int row = 0; row < _batchSize; row++)
        {
            ReadOnlySpan<int> block = _tokens.Span.Slice((int)_order.Start(((long)step * _batchSize) + row), length + 1);
            for (int i = 0; i < length; i++)
            {
                inputs[(row * length) + i] = block[i];
                targets[(row * length) + i] = block[i + 1];
            }
        }
        return new TrainingBatch(inputs, targets, _batchSize, length);
    }
}

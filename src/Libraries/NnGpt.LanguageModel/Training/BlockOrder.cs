namespace NnGpt.LanguageModel.Training;

/// <summary>
/// The blocks of a token stream in the order in which they are trained: each epoch a permutation of its own, drawn from the seed,
/// and shifted within the stream so that blocks do not always begin at the same tokens. Any step can be computed without those before.
/// </summary>
internal sealed class BlockOrder(long tokens, int blockLength, ulong seed)
{
    private readonly int _blocks = (int)Math.Max(1, (tokens - 1 - blockLength) / blockLength);
    private int[] _permutation = [];
    private long _epoch = -1;
    private long _shift;

    /// <summary>Blocks of an epoch.</summary>
    public int Count => _blocks;

    /// <summary>Start of the n-th block of the run.</summary>
    public long Start(long n)
    {
        long epoch = n / _blocks;
        if (epoch != _epoch)
        {
            Random random = new(unchecked((int)(seed ^ (seed >> 32)) * 31 + (int)epoch));
            _permutation = [.. Enumerable.Range(0, _blocks)];
            random.Shuffle(_permutation);
            long slack = tokens - 1 - ((long)_blocks * blockLength);
            _shift = slack <= 0 ? 0 : random.NextInt64(Math.Min(slack, blockLength) + 1);
            _epoch = epoch;
        }
        return ((long)_permutation[n % _blocks] * blockLength) + _shift;
    }
}

namespace NnGpt.Data;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): the generator behind every split and shuffle, so that the same seed
/// gives the same images in the same order on every machine and in every version of the runtime.
/// state += 0x9E3779B97F4A7C15; z = state; z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
/// z = (z ^ z >> 27) * 0x94D049BB133111EB; output z ^ z >> 31.
/// </summary>
public struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>
    /// The seed of one part of what has a seed, such as a cycle of an experiment. The seed is mixed first: in seed + part the
    /// second part of seed 1 would be the first of seed 2.
    /// </summary>
    public static ulong Derive(ulong seed, int part) => new SplitMix64(new SplitMix64(seed).Next() + (uint)part).Next();

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number in 0..bound-1, each equally likely: draws are rejected below 2^64 mod bound.</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong range = (ulong)bound, threshold = unchecked(0UL - range) % range;
        ulong draw;
        do
        {
            draw = Next();
        }
        while (draw < threshold);
        return (int)(draw % range);
    }

    /// <summary>Fisher-Yates from the last element down: for i = n-1..1 swap element i with element Next(i + 1).</summary>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>The numbers 0..count-1 in an order fixed by the seed.</summary>
    public static int[] Permutation(int count, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new SplitMix64(seed).Shuffle(order);
        return order;
    }
}

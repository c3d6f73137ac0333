namespace NnGpt.Novelty.Structure;

/// <summary>How often each neighbourhood occurs in a graph, sorted for comparison by merging.</summary>
internal sealed class StructureHistogram
{
    private readonly ulong[] _keys;
    private readonly int[] _counts;
    private readonly long _total;

    private StructureHistogram(ulong[] keys, int[] counts) => (_keys, _counts, _total) = (keys, counts, counts.Sum(c => (long)c));

    public static StructureHistogram Of(CanonicalGraph graph, int rounds, UInt128 whole)
    {
        var counts = new SortedDictionary<ulong, int> { [Key(whole, 255)] = 1 };
        foreach (bool withSizes in (bool[])[false, true])
        {
            var colours = Colouring.Rounds(graph, rounds, withSizes);
            for (int round = 0; round <= rounds; round++)
            {
                for (int i = 0; i < graph.Nodes.Count; i++)
                {
                    if (graph.Nodes[i].IsLeaf)
                        continue;
                    ulong key = Key(colours[round][i], (byte)(2 * round + (withSizes ? 1 : 0)));
                    counts[key] = counts.GetValueOrDefault(key) + 1;
                }
            }
        }
        return new StructureHistogram([.. counts.Keys], [.. counts.Values]);
    }

    /// <summary>Sum of the smaller counts over the sum of the larger ones.</summary>
    public double Jaccard(StructureHistogram other)
    {
        long common = 0;
        int i = 0;
        int j = 0;
        while (i < _keys.Length && j < other._keys.Length)
        {
            if (_keys[i] < other._keys[j])
                i++;
            else if (_keys[i] > other._keys[j])
                j++;
            else
                common += Math.Min(_counts[i++], other._counts[j++]);
        }
        return (double)common / (_total + other._total - common);
    }

    /// <summary>The highest that <see cref="Jaccard"/> can be: whoever looks for a higher one need not ask.</summary>
    public double Bound(StructureHistogram other) => (double)Math.Min(_total, other._total) / Math.Max(_total, other._total);

    private static ulong Key(UInt128 colour, byte kind) => unchecked((ulong)colour * 31 + kind);
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>Byte pair encoding of one piece of text (Sennrich et al., arXiv 1508.07909), as in tokenizer.json.</summary>
internal sealed class BpeModel
{
    private const int MostCachedPieces = 50_000;
    private const int LongestCachedPiece = 64;

    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> _merges = [];
    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);

    public BpeModel(Dictionary<string, int> vocabulary, IReadOnlyList<(string Left, string Right)> merges)
    {
        _vocabulary = vocabulary;
        for (int rank = 0; rank < merges.Count; rank++)
        {
            (string left, string right) = merges[rank];
            if (!vocabulary.TryGetValue(left, out int leftId) || !vocabulary.TryGetValue(right, out int rightId)
                || !vocabulary.TryGetValue(left + right, out int id))
            {
                throw new InvalidDataException($"merge {rank} ({left} {right}) is not in the vocabulary");
            }

            _merges.TryAdd((leftId, rightId), (rank, id));
        }
    }

    public bool IgnoreMerges { get; init; }

    public bool ByteFallback { get; init; }

    public bool FuseUnknown { get; init; }

    public int? UnknownId { get; init; }

    public void Encode(string piece, List<int> output)
    {
        if (piece.Length == 0)
        {
            return;
        }

        if (_cache.TryGetValue(piece, out int[]? known))
        {
            output.AddRange(known);
            return;
        }

        int[] ids = IgnoreMerges && _vocabulary.TryGetValue(piece, out int whole) ? [whole] : Merge(Symbols(piece));
        if (piece.Length <= LongestCachedPiece && _cache.Count < MostCachedPieces)
        {
            _cache.TryAdd(piece, ids);
        }

        output.AddRange(ids);
    }

    private List<int> Symbols(string piece)
    {
        List<int> symbols = new(piece.Length);
        bool lastUnknown = false;
        foreach (Rune rune in piece.EnumerateRunes())
        {
            string symbol = rune.ToString();
            bool unknown = false;
            if (_vocabulary.TryGetValue(symbol, out int id))
            {
                symbols.Add(id);
            }
            else if (!(ByteFallback && AddBytes(symbol, symbols)) && UnknownId is { } unknownId)
            {
                unknown = true;
                if (!(FuseUnknown && lastUnknown))
                {
                    symbols.Add(unknownId);
                }
            }

            lastUnknown = unknown;
        }

        return symbols;
    }

    private bool AddBytes(string symbol, List<int> symbols)
    {
        int start = symbols.Count;
        foreach (byte value in Encoding.UTF8.GetBytes(symbol))
        {
            if (!_vocabulary.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"), out int id))
            {
                symbols.RemoveRange(start, symbols.Count - start);
                return false;
            }

            symbols.Add(id);
        }

        return true;
    }

    /// <summary>Applies the merges in the order of their ranks, leftmost first, in O(n log n).</summary>
    private int[] Merge(List<int> symbols)
    {
        int count = symbols.Count;
        int[] ids = [.. symbols];
        int[] next = new int[count];
        int[] previous = new int[count];
        PriorityQueue<(int At, int Left, int Right), (int Rank, int At)> queue = new();
        for (int i = 0; i < count; i++)
        {
            next[i] = i + 1 < count ? i + 1 : -1;
            previous[i] = i - 1;
        }

        for (int i = 0; i + 1 < count; i++)
        {
            Enqueue(i);
        }

        while (queue.TryDequeue(out (int At, int Left, int Right) pair, out _))
        {
            int right = ids[pair.At] < 0 ? -1 : next[pair.At];
            if (right < 0 || ids[pair.At] != pair.Left || ids[right] != pair.Right)
            {
                continue;
            }

            ids[pair.At] = _merges[(pair.Left, pair.Right)].Id;
            ids[right] = -1;
            next[pair.At] = next[right];
            if (next[right] >= 0)
            {
                previous[next[right]] = pair.At;
                Enqueue(pair.At);
            }

            if (previous[pair.At] >= 0)
            {
                Enqueue(previous[pair.At]);
            }
        }

        return [.. ids.Where(id => id >= 0)];

        void Enqueue(int at)
        {
            (int, int) key = (ids[at], ids[next[at]]);
            if (_merges.TryGetValue(key, out (int Rank, int Id) merge))
            {
                queue.Enqueue((at, key.Item1, key.Item2), (merge.Rank, at));
            }
        }
    }
}

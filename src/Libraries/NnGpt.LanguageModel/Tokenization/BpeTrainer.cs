using System.Text.RegularExpressions;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>
/// Trains a byte-level BPE vocabulary: the most frequent pair of neighbours is merged until the vocabulary is full.
/// Ties go to the pair with the lower ids, so the same texts always give the same tokenizer.
/// </summary>
public sealed class BpeTrainer(BpeTrainerOptions options)
{
    private readonly List<string> _tokens = [];
    private readonly List<(string Left, string Right)> _merges = [];
    private readonly Dictionary<(int Left, int Right), long> _pairCounts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _pairWords = [];
    private readonly List<(int[] Symbols, long Count)> _words = [];

    /// <summary>Learns the merges from texts.</summary>
    public TrainedTokenizer Train(IEnumerable<string> texts)
    {
        _tokens.AddRange([options.BeginToken, options.EndToken, options.PadToken, .. options.RoleTokens]);
        int firstByte = _tokens.Count;
        for (int value = 0; value < 256; value++)
        {
            _tokens.Add($"{ByteAlphabet.CharacterOf((byte)value)}");
        }

        Count(texts, firstByte);
        while (_tokens.Count < options.VocabularySize && MostFrequent() is { } pair)
        {
            Merge(pair);
        }

        return new TrainedTokenizer(options, [.. _tokens], [.. _merges], firstByte);
    }

    private void Count(IEnumerable<string> texts, int firstByte)
    {
        Regex pattern = new(options.Pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled);
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            foreach (ValueMatch match in pattern.EnumerateMatches(text))
            {
                string word = text.Substring(match.Index, match.Length);
                counts[word] = counts.GetValueOrDefault(word) + 1;
            }
        }

        foreach ((string word, long count) in counts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            int[] symbols = [.. System.Text.Encoding.UTF8.GetBytes(word).Select(value => firstByte + value)];
            _words.Add((symbols, count));
            AddPairs(_words.Count - 1, sign: 1);
        }
    }

    private (int Left, int Right)? MostFrequent()
    {
        (int Left, int Right)? best = null;
        long most = options.MinimumFrequency - 1;
        foreach (((int Left, int Right) pair, long count) in _pairCounts)
        {
            if (count > most || (count == most && best is { } current && pair.CompareTo(current) < 0))
            {
                best = pair;
                most = count;
            }
        }

        return best;
    }

    private void Merge((int Left, int Right) pair)
    {
        int id = _tokens.Count;
        _merges.Add((_tokens[pair.Left], _tokens[pair.Right]));
        _tokens.Add(_tokens[pair.Left] + _tokens[pair.Right]);
        foreach (int index in _pairWords[pair].ToArray())
        {
            AddPairs(index, sign: -1);
            (int[] symbols, long count) = _words[index];
            List<int> merged = new(symbols.Length);
            for (int i = 0; i < symbols.Length; i++)
            {
                bool matches = i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
                merged.Add(matches ? id : symbols[i]);
                i += matches ? 1 : 0;
            }

            _words[index] = ([.. merged], count);
            AddPairs(index, sign: 1);
        }
    }

    private void AddPairs(int word, int sign)
    {
        (int[] symbols, long count) = _words[word];
        for (int i = 0; i + 1 < symbols.Length; i++)
        {
            (int, int) pair = (symbols[i], symbols[i + 1]);
            long total = _pairCounts.GetValueOrDefault(pair) + sign * count;
            if (total == 0)
            {
                _pairCounts.Remove(pair);
            }
            else
            {
                _pairCounts[pair] = total;
            }

            if (!_pairWords.TryGetValue(pair, out HashSet<int>? words))
            {
                _pairWords[pair] = words = [];
            }

            _ = sign > 0 ? words.Add(word) : words.Remove(word);
        }
    }
}

using NnGpt.Corpus.Records;
using NnGpt.Curation.Contract;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Statistics;

/// <summary>Figures of a corpus.</summary>
public sealed class CorpusStatistics : ICurationOutput
{
    private readonly SortedDictionary<string, long> _families = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _layers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ContractBreach, long> _breaches = [];
    private readonly SortedDictionary<int, long> _lengths = [];
    private readonly SortedDictionary<string, (long Count, double Sum, double Best)> _accuracies = new(StringComparer.Ordinal);

    private CorpusStatistics()
    {
    }

    /// <summary>What was read, and how much of it repeats itself.</summary>
    public CurationReport Report { get; private set; } = new();

    /// <summary>Records with a source.</summary>
    public long Records { get; private set; }

    /// <summary>Of them, those that keep the candidate contract as far as their text tells.</summary>
    public long KeepContract => Records - _breaches.Values.Sum();

    /// <summary>Why the others do not.</summary>
    public IReadOnlyDictionary<ContractBreach, long> Breaches => _breaches;

    /// <summary>Records a family, most first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Families => Descending(_families);

    /// <summary>Records that name a class of torch.nn, most first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Layers => Descending(_layers);

    /// <summary>By data set: records with an accuracy, its mean and the best.</summary>
    public IReadOnlyDictionary<string, (long Count, double Mean, double Best)> Accuracies =>
        _accuracies.ToDictionary(pair => pair.Key, pair => (pair.Value.Count, pair.Value.Sum / pair.Value.Count, pair.Value.Best));

    /// <summary>Reads a corpus through.</summary>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public static async Task<CorpusStatistics> OfAsync(
        IRecordSource source, CurationOptions options, IProgress<CurationProgress>? progress, CancellationToken cancellationToken)
    {
        CorpusStatistics statistics = new();
        statistics.Report = await Curator.RunAsync(source, options with { RequireContract = false, Observe = true }, statistics, progress, cancellationToken);
        return statistics;
    }

    /// <summary>The number of Python tokens that a share of the records does not exceed; 0 when there are none.</summary>
    /// <param name="share">0: the least; 0.5: the median; 1: the most.</param>
    public int LengthAt(double share)
    {
        long left = Math.Max(1, (long)Math.Ceiling(share * Records));
        foreach ((int length, long count) in _lengths)
        {
            left -= count;
            if (left <= 0)
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>Mean number of Python tokens.</summary>
    public double MeanLength => Records == 0 ? 0 : _lengths.Sum(pair => (double)pair.Key * pair.Value) / Records;

    void ICurationOutput.Observe(CorpusRecord record, SourceTraits traits)
    {
        Records++;
        Count(_families, traits.Family);
        Count(_lengths, traits.Tokens);
        foreach (string layer in traits.Layers)
        {
            Count(_layers, layer);
        }

        if (traits.Breach is { } breach)
        {
            Count(_breaches, breach);
        }

        foreach (TrainingResult result in record.Results)
        {
            var (count, sum, best) = _accuracies.GetValueOrDefault(result.DataSet ?? "");
            _accuracies[result.DataSet ?? ""] = (count + 1, sum + result.Accuracy, Math.Max(best, result.Accuracy));
        }
    }

    void ICurationOutput.Keep(CorpusRecord record, ReadOnlyMemory<byte> raw)
    {
    }

    void ICurationOutput.Drop(DroppedRecord dropped)
    {
    }

    void ICurationOutput.Refuse(MalformedRecord malformed)
    {
    }

    private static void Count<T>(SortedDictionary<T, long> counts, T key)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static List<KeyValuePair<string, long>> Descending(SortedDictionary<string, long> counts) =>
        [.. counts.OrderByDescending(pair => pair.Value)];
}

using NnGpt.Corpus.Records;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Metadata;

/// <summary>
/// What was measured of networks, by their names. Of the epochs of a data set the first counts, since that is what an
/// experiment measures; of several figures at that epoch the best.
/// </summary>
public sealed class MetadataTable
{
    // Name, then data set: the result that counts.
    private readonly Dictionary<string, SortedDictionary<string, TrainingResult>> _results = new(StringComparer.Ordinal);
    private readonly List<MalformedRecord> _malformed = [];

    /// <summary>Figures that could not be read.</summary>
    public IReadOnlyList<MalformedRecord> Malformed => _malformed;

    /// <summary>Networks with a figure.</summary>
    public int Count => _results.Count;

    /// <summary>
    /// Reads a CSV of figures, or a folder of LEMUR's statistics
    /// (<c>TASK_DATASET_METRIC_MODEL/EPOCH.json</c>).
    /// </summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public static MetadataTable Read(string path)
    {
        MetadataTable table = new();
        if (Directory.Exists(path))
        {
            LemurStatistics.Read(path, table);
        }
        else
        {
            CsvMetadata.Read(path, table);
        }

        return table;
    }

    /// <summary>The figures of a network, sorted by data set; its name may be a path and may end in .py.</summary>
    public IReadOnlyList<TrainingResult> Find(string name)
    {
        string file = name[(name.LastIndexOf('/') + 1)..];
        string bare = file.EndsWith(".py", StringComparison.Ordinal) ? file[..^3] : file;
        return _results.TryGetValue(bare, out SortedDictionary<string, TrainingResult>? results)
            || _results.TryGetValue(file, out results)
            || _results.TryGetValue(name, out results)
            ? [.. results.Values]
            : [];
    }

    internal void Add(string name, TrainingResult result)
    {
        if (!_results.TryGetValue(name, out SortedDictionary<string, TrainingResult>? results))
        {
            _results.Add(name, results = new(StringComparer.Ordinal));
        }

        string dataSet = result.DataSet ?? "";
        if (!results.TryGetValue(dataSet, out TrainingResult? known) || Precedes(result, known))
        {
            results[dataSet] = result;
        }
    }

    internal void AddMalformed(string file, long line, string detail) =>
        _malformed.Add(new MalformedRecord(file, line, MalformedReason.BadMetadata, detail));

    private static bool Precedes(TrainingResult result, TrainingResult known)
    {
        int epoch = result.Epoch ?? int.MaxValue;
        int knownEpoch = known.Epoch ?? int.MaxValue;
        return epoch < knownEpoch || (epoch == knownEpoch && result.Accuracy > known.Accuracy);
    }
}

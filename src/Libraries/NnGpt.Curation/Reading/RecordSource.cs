using NnGpt.Corpus.Records;
using NnGpt.Curation.Metadata;

namespace NnGpt.Curation.Reading;

/// <summary>Opens what a path names.</summary>
public static class RecordSource
{
    /// <summary>
    /// A file of JSON lines (.jsonl, .json), a file of Python (.py), or a folder: the corpus in it (corpus.jsonl) when it has
    /// one, else its .py files, else its .jsonl files, those of sub-folders included.
    /// </summary>
    /// <param name="path">File or folder.</param>
    /// <param name="metadata">Figures to join by name; null: those that lie beside the files, if any.</param>
    /// <exception cref="FileNotFoundException">There is nothing of that name, or nothing in it that could be read.</exception>
    /// <exception cref="InvalidDataException">A file of another kind.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IRecordSource Open(string path, MetadataTable? metadata = null)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            string folder = Path.GetDirectoryName(full)!;
            return Path.GetExtension(full).ToLowerInvariant() switch
            {
                ".jsonl" or ".json" or ".ndjson" => new JsonlSource(folder, [full]),
                ".py" => new PythonFolderSource(folder, [Path.GetFileName(full)], metadata),
                _ => throw new InvalidDataException($"'{path}' is neither .jsonl nor .py"),
            };
        }

        if (!Directory.Exists(full))
        {
            throw new FileNotFoundException($"there is no file or folder '{path}'");
        }

        string corpus = Path.Combine(full, CorpusFile.Name);
        if (File.Exists(corpus))
        {
            return new JsonlSource(full, [corpus]);
        }

        if (PythonFolderSource.Find(full, ".py") is { Count: > 0 } names)
        {
            return new PythonFolderSource(full, names, metadata ?? Beside(full));
        }

        return PythonFolderSource.Find(full, ".jsonl") is { Count: > 0 } files
            ? new JsonlSource(full, [.. files.Select(file => Path.Combine(full, file))])
            : throw new FileNotFoundException($"'{path}' holds no .py and no .jsonl file");
    }

    // LEMUR keeps its networks in nn/ and what was measured of them in stat/; `nngpt export` writes architectures/ and architectures.csv.
    private static MetadataTable? Beside(string folder)
    {
        string[] names = Path.GetFileName(folder) switch
        {
            "nn" => ["stat", "../stat", "metadata.csv"],
            "architectures" => ["metadata.csv", "../architectures.csv"],
            _ => ["stat", "metadata.csv", "architectures.csv"],
        };
        string? found = names.Select(name => Path.GetFullPath(Path.Combine(folder, name))).FirstOrDefault(Path.Exists);
        try
        {
            return found is null ? null : MetadataTable.Read(found);
        }
        catch (InvalidDataException)
        {
            // A file of that name that somebody uses for something else.
            return null;
        }
    }
}

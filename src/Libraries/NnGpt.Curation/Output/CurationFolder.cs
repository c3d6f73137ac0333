using System.Text;
using System.Text.Json;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Output;

/// <summary>
/// What a curation leaves behind:
/// <c>corpus.jsonl</c> (kept records, <see cref="CorpusFile"/>), <c>dropped.jsonl</c>
/// (<c>{"id","reason","duplicate_of","jaccard"}</c>), <c>malformed.jsonl</c> (<c>{"file","line","reason","detail"}</c>), and
/// when asked for what was kept as it came: <c>kept/*.py</c> or <c>kept.jsonl</c>. The same input gives the same bytes.
/// </summary>
public sealed class CurationFolder : ICurationOutput, IDisposable
{
    /// <summary>Dropped records.</summary>
    public const string DroppedName = "dropped.jsonl";

    /// <summary>Places without a record.</summary>
    public const string MalformedName = "malformed.jsonl";

    private const string KeptFolder = "kept";
    private const string KeptName = "kept.jsonl";

    private readonly string _root;
    private readonly JsonLines _corpus;
    private readonly JsonLines _dropped;
    private readonly JsonLines _malformed;
    private readonly JsonLines? _keptLines;
    private readonly bool _keepFiles;

    /// <summary>Makes the folder, or empties one that an earlier curation has written.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="originals">How to write what was kept as it came; null: not.</param>
    /// <exception cref="IOException">It cannot be written, or holds something else.</exception>
    public CurationFolder(string root, SourceShape? originals)
    {
        _root = root;
        Prepare(root);
        _keepFiles = originals == SourceShape.Files;
        _corpus = new JsonLines(Path.Combine(root, CorpusFile.Name));
        _dropped = new JsonLines(Path.Combine(root, DroppedName));
        _malformed = new JsonLines(Path.Combine(root, MalformedName));
        _keptLines = originals == SourceShape.Lines ? new JsonLines(Path.Combine(root, KeptName)) : null;
        if (_keepFiles)
        {
            Directory.CreateDirectory(Path.Combine(root, KeptFolder));
        }
    }

    /// <inheritdoc />
    public void Keep(CorpusRecord record, ReadOnlyMemory<byte> raw)
    {
        _corpus.WriteRaw(Encoding.UTF8.GetBytes(CorpusFile.Format(record)));
        _keptLines?.WriteRaw(raw.Span);
        if (_keepFiles)
        {
            string path = Path.Combine(_root, KeptFolder, record.Id);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, raw.Span);
        }
    }

    /// <inheritdoc />
    public void Drop(DroppedRecord dropped) => _dropped.Write(json =>
    {
        json.WriteString("id", dropped.Id);
        json.WriteString("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName($"{dropped.Breach?.ToString() ?? dropped.Reason.ToString()}"));
        if (dropped.DuplicateOf is { } other)
        {
            json.WriteString("duplicate_of", other);
            json.WriteNumber("jaccard", Math.Round(dropped.Jaccard ?? 1, 6));
        }
    });

    /// <inheritdoc />
    public void Refuse(MalformedRecord malformed) => _malformed.Write(json =>
    {
        json.WriteString("file", malformed.File);
        if (malformed.Line > 0)
        {
            json.WriteNumber("line", malformed.Line);
        }

        json.WriteString("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(malformed.Reason.ToString()));
        json.WriteString("detail", malformed.Detail);
    });

    /// <inheritdoc />
    public void Dispose()
    {
        _corpus.Dispose();
        _dropped.Dispose();
        _malformed.Dispose();
        _keptLines?.Dispose();
    }

    private static void Prepare(string root)
    {
        bool ours = File.Exists(Path.Combine(root, DroppedName)) && File.Exists(Path.Combine(root, MalformedName));
        if (!ours && Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
        {
            throw new IOException($"'{root}' is not empty and holds no corpus that could be replaced");
        }

        Directory.CreateDirectory(root);
        string kept = Path.Combine(root, KeptFolder);
        if (ours && Directory.Exists(kept))
        {
            Directory.Delete(kept, recursive: true);
        }

        File.Delete(Path.Combine(root, KeptName));
    }
}

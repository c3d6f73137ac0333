using System.Text;
using System.Text.Json;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Output;

/// <summary>
/// What a curation leaves behind:
/// <c>corpus.jsonl</c> (kept records, <see cref="CorpusFile"/>), <c>dropped.jsonl</c>
/// (<c>{"id","reason","duplicate_of","jaccard"}</c>), <c>malformed.jsonl</c> (<c>{"file","line","reason","detail"}</c>), and
/// when asked for what was kept as it came: <c>kept/*.py</c> or <c>kept.jsonl</c>. The same input gives the same bytes. All is
/// written to a folder within it and takes its place at the end: until then an earlier corpus stays as it is.
/// </summary>
public sealed class CurationFolder : ICurationOutput, IDisposable
{
    /// <summary>Dropped records.</summary>
    public const string DroppedName = "dropped.jsonl";

    /// <summary>Places without a record.</summary>
    public const string MalformedName = "malformed.jsonl";

    private const string PartialFolder = ".partial";
    private const string KeptFolder = "kept";
    private const string KeptName = "kept.jsonl";

    private readonly string _root;
    private readonly string _partial;
    private readonly JsonLines _corpus;
    private readonly JsonLines _dropped;
    private readonly JsonLines _malformed;
    private readonly JsonLines? _keptLines;
    private readonly bool _keepFiles;

    /// <summary>Makes the folder, or opens one that an earlier curation has written.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="originals">How to write what was kept as it came; null: not.</param>
    /// <exception cref="IOException">It cannot be written, or holds something else.</exception>
    public CurationFolder(string root, SourceShape? originals)
    {
        (_root, _partial) = (root, Path.Combine(root, PartialFolder));
        if (Directory.Exists(root) && !HasCorpus() && Directory.EnumerateFileSystemEntries(root).Any(path => path != _partial))
        {
            throw new IOException($"'{root}' is not empty and holds no corpus that could be replaced");
        }

        // Of a run that was killed.
        Delete(_partial);
        Directory.CreateDirectory(_partial);
        _keepFiles = originals == SourceShape.Files;
        _corpus = new JsonLines(Path.Combine(_partial, CorpusFile.Name));
        _dropped = new JsonLines(Path.Combine(_partial, DroppedName));
        _malformed = new JsonLines(Path.Combine(_partial, MalformedName));
        _keptLines = originals == SourceShape.Lines ? new JsonLines(Path.Combine(_partial, KeptName)) : null;
        if (_keepFiles)
        {
            Directory.CreateDirectory(Path.Combine(_partial, KeptFolder));
        }
    }

    /// <summary>For <see cref="CurationOptions.WorkingFolder"/>: it goes with what is not completed.</summary>
    public string WorkingFolder => _partial;

    /// <summary>Puts what was written in the place of what an earlier curation left; without it nothing remains.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    public void Complete()
    {
        Close();
        Delete(Path.Combine(_root, KeptFolder));
        File.Delete(Path.Combine(_root, KeptName));
        foreach (string path in Directory.GetFiles(_partial))
        {
            File.Move(path, Path.Combine(_root, Path.GetFileName(path)), overwrite: true);
        }

        if (_keepFiles)
        {
            Directory.Move(Path.Combine(_partial, KeptFolder), Path.Combine(_root, KeptFolder));
        }
    }

    /// <inheritdoc />
    public void Keep(CorpusRecord record, ReadOnlyMemory<byte> raw)
    {
        _corpus.WriteRaw(Encoding.UTF8.GetBytes(CorpusFile.Format(record)));
        _keptLines?.WriteRaw(raw.Span);
        if (_keepFiles)
        {
            string path = Path.Combine(_partial, KeptFolder, record.Id);
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
        Close();
        Delete(_partial);
    }

    private bool HasCorpus() => File.Exists(Path.Combine(_root, DroppedName)) && File.Exists(Path.Combine(_root, MalformedName));

    private void Close()
    {
        _corpus.Dispose();
        _dropped.Dispose();
        _malformed.Dispose();
        _keptLines?.Dispose();
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

using System.IO.Enumeration;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Metadata;

namespace NnGpt.Curation.Reading;

/// <summary>The .py files in and below a folder, in the order of their names; ids are the relative paths.</summary>
internal sealed class PythonFolderSource : IRecordSource
{
    private static readonly EnumerationOptions s_recursive = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true };

    private readonly string _root;
    private readonly IReadOnlyList<string> _names;
    private readonly MetadataTable? _metadata;
    private int _read;

    /// <param name="root">The folder.</param>
    /// <param name="names">Paths below it.</param>
    /// <param name="metadata">What was measured, by name; null for nothing.</param>
    public PythonFolderSource(string root, IReadOnlyList<string> names, MetadataTable? metadata) =>
        (_root, _names, _metadata) = (root, names, metadata);

    public SourceShape Shape => SourceShape.Files;

    public double Progress => _names.Count == 0 ? 1 : (double)Volatile.Read(ref _read) / _names.Count;

    /// <summary>The relative paths of files with an extension in and below a folder, sorted by their bytes. Links to folders are not followed.</summary>
    public static List<string> Find(string root, string extension)
    {
        FileSystemEnumerable<string> found = new(root, (ref FileSystemEntry entry) => entry.ToFullPath(), s_recursive)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName.EndsWith(extension, StringComparison.Ordinal),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        List<string> names = [.. found.Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))];
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    public IEnumerable<RecordReading> Read()
    {
        foreach (MalformedRecord malformed in _metadata?.Malformed ?? [])
        {
            yield return RecordReading.Of(malformed);
        }

        foreach (string name in _names)
        {
            yield return Read(name);
            Interlocked.Increment(ref _read);
        }
    }

    private RecordReading Read(string name)
    {
        RecordReading Malformed(MalformedReason reason, string detail) => RecordReading.Of(new MalformedRecord(name, 0, reason, detail));
        byte[] bytes;
        try
        {
            string path = Path.Combine(_root, name);

            // The length of a link is that of the path it holds.
            path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            long length = new FileInfo(path).Length;
            if (length is 0 or > SourceText.MaxLength)
            {
                // Not even opened: a pipe, which has no length either, would wait for somebody to write.
                return length == 0
                    ? Malformed(MalformedReason.Empty, "the file is empty")
                    : Malformed(MalformedReason.TooLong, $"the file has {length} bytes; at most {SourceText.MaxLength}");
            }

            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            bytes = new byte[length];
            stream.ReadExactly(bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Malformed(MalformedReason.Unreadable, failure.Message);
        }

        return SourceText.Decode(bytes) is not { } source
            ? Malformed(MalformedReason.NotUtf8, "the file is not UTF-8")
            : string.IsNullOrWhiteSpace(source)
            ? Malformed(MalformedReason.Empty, "the file is empty")
            : RecordReading.Of(new CorpusRecord(name, source) { Results = _metadata?.Find(name) ?? [] }, bytes);
    }
}

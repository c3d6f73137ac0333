namespace NnGpt.Curation.Reading;

/// <summary>The lines of JSONL files, one after the other.</summary>
/// <param name="root">Folder that the names of files are relative to.</param>
/// <param name="files">Paths, in order.</param>
internal sealed class JsonlSource(string root, IReadOnlyList<string> files) : IRecordSource
{
    // A record's source may be written with six characters a character ("\u00e9"), and a prompt comes before it.
    private const int MaxLineBytes = 8 * SourceText.MaxLength;

    private readonly long _bytes = Math.Max(1, files.Sum(file => new FileInfo(file).Length));
    private long _read;

    public SourceShape Shape => SourceShape.Lines;

    public double Progress => Math.Min(1, (double)Volatile.Read(ref _read) / _bytes);

    public IEnumerable<RecordReading> Read()
    {
        long before = 0;
        foreach (string file in files)
        {
            string name = Path.GetRelativePath(root, file).Replace('\\', '/');
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
            Utf8Lines lines = new(stream, MaxLineBytes);
            for (long number = 1; TryRead(lines, name, number, out RecordReading? reading); number++)
            {
                Volatile.Write(ref _read, before + lines.Position);
                if (reading is not null)
                {
                    yield return reading;
                }
            }

            before += lines.Position;
        }
    }

    private static bool TryRead(Utf8Lines lines, string name, long number, out RecordReading? reading)
    {
        reading = null;
        if (!lines.TryRead(out ReadOnlySpan<byte> line, out bool tooLong))
        {
            return false;
        }

        line = number == 1 && line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        if (tooLong)
        {
            reading = RecordReading.Of(new MalformedRecord(name, number, MalformedReason.TooLong, $"the line is longer than {MaxLineBytes} bytes"));
        }
        else if (line.IndexOfAnyExcept(" \t\r"u8) >= 0)
        {
            reading = JsonRecord.Read(line.TrimEnd("\r"u8), name, number);
        }

        return true;
    }
}

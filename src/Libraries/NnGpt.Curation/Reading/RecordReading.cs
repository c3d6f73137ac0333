using NnGpt.Corpus.Records;

namespace NnGpt.Curation.Reading;

/// <summary>What was found in one place: a record, or why there is none.</summary>
public sealed record RecordReading
{
    private RecordReading()
    {
    }

    /// <summary>The record; null when it is malformed.</summary>
    public CorpusRecord? Record { get; private init; }

    /// <summary>Why there is no record.</summary>
    public MalformedRecord? Malformed { get; private init; }

    /// <summary>The line or file as it was, so that it can be written again unchanged; empty when it came from elsewhere.</summary>
    public ReadOnlyMemory<byte> Raw { get; private init; }

    /// <summary>A record.</summary>
    public static RecordReading Of(CorpusRecord record, ReadOnlyMemory<byte> raw = default) => new() { Record = record, Raw = raw };

    /// <summary>No record.</summary>
    public static RecordReading Of(MalformedRecord malformed) => new() { Malformed = malformed };
}

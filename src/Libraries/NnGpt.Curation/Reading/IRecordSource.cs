namespace NnGpt.Curation.Reading;

/// <summary>Records from outside, in an order that does not depend on the machine.</summary>
public interface IRecordSource
{
    /// <summary>
    /// What there is, read lazily: each a record or the reason why there is none. Content never makes it throw.
    /// </summary>
    /// <exception cref="IOException">The source itself cannot be read.</exception>
    IEnumerable<RecordReading> Read();

    /// <summary>Whether the records are files of their own or lines of files.</summary>
    SourceShape Shape { get; }

    /// <summary>How much of the source was read so far, 0..1.</summary>
    double Progress { get; }
}

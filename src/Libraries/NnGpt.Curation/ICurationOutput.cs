using NnGpt.Corpus.Records;
using NnGpt.Curation.Reading;
using NnGpt.Curation.Statistics;

namespace NnGpt.Curation;

/// <summary>Takes the verdicts of a curation, one after the other, in the order of the source.</summary>
public interface ICurationOutput
{
    /// <summary>A record is kept.</summary>
    /// <param name="record">The record.</param>
    /// <param name="raw">The line or file it came from; empty when there was none.</param>
    void Keep(CorpusRecord record, ReadOnlyMemory<byte> raw);

    /// <summary>A record is not kept.</summary>
    void Drop(DroppedRecord dropped);

    /// <summary>A record was read; only with <see cref="CurationOptions.Observe"/>, and before its verdict.</summary>
    void Observe(CorpusRecord record, SourceTraits traits)
    {
    }

    /// <summary>There was no record, or a figure that is none.</summary>
    void Refuse(MalformedRecord malformed);
}

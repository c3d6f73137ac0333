using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NnGpt.Curation.Contract;
using NnGpt.Curation.Reading;
using NnGpt.Curation.Statistics;
using NnGpt.Novelty;

namespace NnGpt.Curation;

/// <summary>A reading with all that its verdict needs and that does not depend on the other records.</summary>
internal sealed record PreparedRecord(RecordReading Reading)
{
    /// <summary>Half of the SHA-256 of the source.</summary>
    public UInt128 TextHash { get; private init; }

    /// <summary>Null when there is no record.</summary>
    public SignedDocument? Document { get; private init; }

    public ContractBreach? Breach { get; private init; }

    public SourceTraits? Traits { get; private init; }

    /// <summary>Half of the SHA-256 of a text.</summary>
    public static UInt128 HashOf(string text) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static PreparedRecord Of(RecordReading reading, CurationOptions options)
    {
        if (reading.Record is not { } record)
        {
            return new PreparedRecord(reading);
        }

        SignedDocument document = SignedDocument.Create(record.Source, options.Similarity);
        return document.Shingles.Count == 0
            ? new PreparedRecord(RecordReading.Of(new MalformedRecord(record.Id, 0, MalformedReason.Empty, "no Python token but comments")))
            : new PreparedRecord(reading)
            {
                TextHash = HashOf(record.Source),
                Document = document,
                Breach = options.RequireContract ? ContractCheck.Of(record.Source) : null,
                Traits = options.Observe ? SourceTraits.Of(record) : null,
            };
    }
}

using System.Buffers.Binary;
using System.Text;
using NnGpt.Novelty.Lsh;
using NnGpt.Novelty.MinHash;
using NnGpt.Novelty.Shingles;
using StackExchange.Redis;

namespace NnGpt.Novelty.Redis;

/// <summary>A document as the scripts take it.</summary>
/// <param name="Record">Kind (1 byte), cycle (4), number of permutations (2), minima (4 each), name.</param>
/// <param name="Shingles">4 bytes each, ascending.</param>
/// <param name="NearBuckets">6 bytes each; whoever is a near-duplicate shares one.</param>
/// <param name="FarBuckets">6 bytes each, of short bands: what is nearest when nothing is near.</param>
internal sealed record IndexEntry(byte[] Record, byte[] Shingles, RedisValue[] NearBuckets, RedisValue[] FarBuckets)
{
    private const int FarRows = 3;
    private const int FarBands = 16;

    public static string Name(DocumentKind kind, string id) => (kind == DocumentKind.Corpus ? "c:" : "g:") + id;

    /// <summary>The id in a name; empty for none.</summary>
    public static string Id(string name) => name.Length == 0 ? "" : name[2..];

    public static IndexEntry Create(DocumentKind kind, int cycle, string id, SignedDocument document, NoveltySettings settings)
    {
        var (shingles, signature) = document;
        byte[] name = Encoding.UTF8.GetBytes(Name(kind, id));
        byte[] record = new byte[7 + (sizeof(uint) * settings.Permutations) + name.Length];
        record[0] = name[0];
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(1), cycle);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(5), (ushort)settings.Permutations);
        signature.ToBytes().CopyTo(record, 7);
        name.CopyTo(record, record.Length - name.Length);
        var far = new LshBanding(Math.Min(FarBands, settings.Permutations / FarRows), FarRows);
        return new IndexEntry(record, shingles.ToBytes(), Buckets(settings.Banding, signature), Buckets(far, signature));
    }

    private static RedisValue[] Buckets(LshBanding banding, MinHashSignature signature) =>
        [.. banding.Buckets(signature).Select(bucket =>
        {
            byte[] field = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(field, bucket);
            return (RedisValue)field[..6];
        })];
}

using System.IO.Compression;
using Google.Protobuf;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Store;

/// <summary>Traced graphs, compressed: of candidates by id, of corpus documents by a hash of what was traced; and what follows from them.</summary>
internal static class GraphTable
{
    private const int MaxBytes = 4 << 20;

    public static void SaveGraph(this SqlSession sql, string candidate, ComputationGraph graph) =>
        sql.Execute("INSERT OR REPLACE INTO graphs (candidate, body) VALUES (?1, ?2)", candidate, Pack(graph));

    public static ComputationGraph? FindGraph(this SqlSession sql, string candidate) =>
        sql.Query("SELECT body FROM graphs WHERE candidate = ?1", r => Unpack((byte[])r[0]), candidate).FirstOrDefault();

    /// <summary>Of a network that is not valid, an empty one.</summary>
    public static void SaveCorpusGraph(this SqlSession sql, byte[] source, ComputationGraph graph) =>
        sql.Execute("INSERT OR REPLACE INTO corpus_graphs (source, body) VALUES (?1, ?2)", source, Pack(graph));

    public static ComputationGraph? FindCorpusGraph(this SqlSession sql, byte[] source) =>
        sql.Query("SELECT body FROM corpus_graphs WHERE source = ?1", r => Unpack((byte[])r[0]), source).FirstOrDefault();

    public static void SaveStructure(this SqlSession sql, string candidate, StructureVerdict verdict) =>
        sql.Execute("UPDATE candidates SET structure = ?2 WHERE id = ?1", candidate, verdict.ToByteArray());

    /// <summary>Experiments with admitted candidates that are not classified.</summary>
    public static List<string> ListUnclassified(this SqlSession sql) =>
        sql.Query("SELECT DISTINCT experiment FROM candidates WHERE admitted IS NOT NULL AND structure IS NULL", r => r.GetString(0));

    /// <summary>Ids of the admitted candidates in order of admission, and whether they are classified.</summary>
    public static List<(string Id, bool IsClassified)> ListAdmissions(this SqlSession sql, string experiment) => sql.Query(
        "SELECT id, structure IS NOT NULL FROM candidates WHERE experiment = ?1 AND admitted IS NOT NULL ORDER BY admitted",
        r => (r.GetString(0), r.GetBoolean(1)), experiment);

    private static byte[] Pack(ComputationGraph graph)
    {
        byte[] plain = (graph.CalculateSize() <= MaxBytes ? graph : new ComputationGraph { Truncated = true, Operators = graph.Operators }).ToByteArray();
        byte[] packed = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        return BrotliEncoder.TryCompress(plain, packed, out int length, quality: 5, window: 22)
            ? packed[..length]
            : throw new InvalidOperationException("A graph cannot be compressed.");
    }

    private static ComputationGraph Unpack(byte[] packed)
    {
        using var stream = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return ComputationGraph.Parser.ParseFrom(stream);
    }
}

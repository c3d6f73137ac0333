using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Data.Sqlite;
using NnGpt.Coordinator.Cycles;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator.Store;

/// <summary>Messages that died, with their bodies, until somebody puts them back or discards them; the last so many.</summary>
internal static class DeadLetterTable
{
    public const int MaxLetters = 1_000;
    public const long MaxBytes = 64L << 20;

    // A longer body is not kept; what is known of its message is.
    public const int MaxBody = 16 << 20;

    // What came of its candidates can still be changed while their cycle is open.
    private static readonly string s_columns =
        $"""
        id, received, deaths, queue, reason, routing_key, message_id, type, bytes, experiment, cycle, first, candidates,
          EXISTS (SELECT 1 FROM experiments e JOIN candidates c ON c.experiment = e.id AND c.cycle = e.cycle
            WHERE e.id = d.experiment AND e.cycle = d.cycle AND e.stage = {(int)CycleStage.Candidates}
              AND e.state IN ({(int)ExperimentState.Running}, {(int)ExperimentState.Stopping})
              AND c.idx >= d.first AND c.idx - d.first < d.candidates AND c.lost = {(int)RejectionReason.DeadLetter})
        """;

    /// <summary>Keeps a letter; the oldest make room for it. How many those were.</summary>
    public static int KeepDeadLetter(this SqlSession sql, DeadLetter letter, MessageContext context, long now)
    {
        var range = CandidateRange.Of(letter) ?? new CandidateRange("", 0, 0, 0);
        sql.Execute(
            """
            INSERT INTO dead_letters (digest, received, deaths, queue, reason, routing_key, message_id, type, experiment, cycle, first, candidates, bytes, body)
            VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT (digest) DO UPDATE SET received = ?2, reason = ?4, deaths = deaths + ?14
            """,
            Digest(letter, context), now, letter.Queue, letter.Reason, context.RoutingKey, context.MessageId, letter.Type,
            range.Experiment, range.Cycle, range.First, range.Count, letter.Body.Length,
            letter.Body.Length <= MaxBody ? letter.Body.ToArray() : null, context.Redelivered ? 0 : 1);
        return sql.Execute(
            """
            DELETE FROM dead_letters WHERE id IN (
              SELECT id FROM (SELECT id, row_number() OVER newest AS place, sum(coalesce(length(body), 0)) OVER newest AS total
                FROM dead_letters WINDOW newest AS (ORDER BY received DESC, id DESC))
              WHERE place > ?1 OR total > ?2)
            """,
            MaxLetters, MaxBytes);
    }

    public static DeadLetterList ListDeadLetters(this SqlSession sql, int count)
    {
        var list = new DeadLetterList { Count = (int)sql.Scalar("SELECT count(*) FROM dead_letters") };
        list.Letters.Add(sql.Query($"SELECT {s_columns} FROM dead_letters d ORDER BY received DESC, id DESC LIMIT ?1", Read, count));
        return list;
    }

    public static DeadLetterBody? FindDeadLetterBody(this SqlSession sql, long id) => sql.Query(
        "SELECT type, body FROM dead_letters WHERE id = ?1",
        r => new DeadLetterBody { Type = r.GetString(0), Kept = !r.IsDBNull(1), Body = Google.Protobuf.ByteString.CopyFrom(r.IsDBNull(1) ? [] : (byte[])r[1]) },
        id).FirstOrDefault();

    /// <summary>The candidates that a letter is about; null for an unknown letter, of no candidates where there are none.</summary>
    public static CandidateRange? FindDeadLetterRange(this SqlSession sql, long id) => sql.Query(
        "SELECT experiment, cycle, first, candidates FROM dead_letters WHERE id = ?1",
        r => new CandidateRange(r.GetString(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3)), id).FirstOrDefault();

    public static bool DeleteDeadLetter(this SqlSession sql, long id) => sql.Execute("DELETE FROM dead_letters WHERE id = ?1", id) == 1;

    private static DeadLetterSummary Read(SqliteDataReader r) => new()
    {
        Id = r.GetInt64(0),
        Received = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(1))),
        Deaths = r.GetInt32(2),
        Queue = r.GetString(3),
        Reason = r.GetString(4),
        RoutingKey = r.GetString(5),
        MessageId = r.GetString(6),
        Type = r.GetString(7),
        Bytes = r.GetInt64(8),
        Candidate = r.GetString(9).Length == 0 ? "" : CandidateIds.Of(r.GetString(9), r.GetInt32(10), r.GetInt32(11)).Id,
        Candidates = r.GetInt32(12),
        Returnable = r.GetBoolean(13),
    };

    private static byte[] Digest(DeadLetter letter, MessageContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', letter.Queue, context.RoutingKey, context.MessageId, letter.Type, "")));
        hash.AppendData(letter.Body.Span);
        return hash.GetHashAndReset();
    }
}

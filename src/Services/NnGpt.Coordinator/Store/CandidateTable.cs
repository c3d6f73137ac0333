using Google.Protobuf;
using Microsoft.Data.Sqlite;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Store;

/// <summary>Candidates and their re-scorings.</summary>
internal static class CandidateTable
{
    private const string Columns =
        "id, experiment, cycle, idx, created, source, origin, validation, training, novelty, lost, lost_detail, finished, admitted, structure";

    private const string WithoutSource =
        "id, experiment, cycle, idx, created, NULL, origin, validation, training, novelty, lost, lost_detail, finished, admitted, structure";

    private const string NextRevision = "(SELECT coalesce(max(revision), 0) + 1 FROM candidates WHERE experiment = ?2)";

    public static void InsertCandidate(this SqlSession sql, CandidateRow row) => sql.Execute(
        $"INSERT INTO candidates (id, experiment, cycle, idx, created, status, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, {NextRevision})",
        row.Id, row.Experiment, row.Cycle, row.Index, row.Created, row.Status);

    public static void UpdateCandidate(this SqlSession sql, CandidateRow row) => sql.Execute(
        $"""
        UPDATE candidates SET status = ?14, source = ?3, origin = ?4, validation = ?5, training = ?6, novelty = ?7, lost = ?8,
          lost_detail = ?9, accuracy = ?10, parameters = ?11, admitted = ?12, finished = ?13, revision = {NextRevision} WHERE id = ?1
        """,
        row.Id, row.Experiment, row.Source, row.Origin?.ToByteArray(), row.Validation?.ToByteArray(), row.Training?.ToByteArray(),
        row.Novelty?.ToByteArray(), (int)row.Lost, row.LostDetail, row.Accuracy, row.Validation?.Parameters ?? 0, row.Admitted, row.Finished, row.Status);

    public static CandidateRow? FindCandidate(this SqlSession sql, string id) =>
        sql.Query($"SELECT {Columns} FROM candidates WHERE id = ?1", Read, id).FirstOrDefault();

    /// <summary>The candidates of a cycle without their source texts.</summary>
    public static List<CandidateRow> ListOutcomes(this SqlSession sql, string experiment, int cycle) => sql.Query(
        $"SELECT {WithoutSource} FROM candidates WHERE experiment = ?1 AND cycle = ?2 ORDER BY idx",
        Read, experiment, cycle);

    /// <summary>The candidates that have changed since a revision, in the order of their last change, without their source texts.</summary>
    public static List<(CandidateRow Row, long Revision)> ListChanged(this SqlSession sql, string experiment, long since, int count) => sql.Query(
        $"SELECT {WithoutSource}, revision FROM candidates WHERE experiment = ?1 AND revision > ?2 ORDER BY revision LIMIT ?3",
        r => (Read(r), r.GetInt64(15)), experiment, since, count);

    public static List<CandidateRow> ListUnfinished(this SqlSession sql, string experiment, int cycle) => sql.Query(
        $"SELECT {Columns} FROM candidates WHERE experiment = ?1 AND cycle = ?2 AND finished IS NULL ORDER BY idx", Read, experiment, cycle);

    public static List<CandidateRow> ListAdmitted(this SqlSession sql, string experiment) => sql.Query(
        $"SELECT {Columns} FROM candidates WHERE experiment = ?1 AND admitted IS NOT NULL ORDER BY admitted", Read, experiment);

    /// <summary>The best by validation accuracy; of equal ones the smaller network, then the earlier.</summary>
    public static List<CandidateRow> ListBest(this SqlSession sql, string experiment, int count, bool admittedOnly) => sql.Query(
        $"""
        SELECT {Columns} FROM candidates WHERE experiment = ?1 AND accuracy IS NOT NULL AND (?3 = 0 OR admitted IS NOT NULL)
        ORDER BY accuracy DESC, parameters, cycle, idx LIMIT ?2
        """,
        Read, experiment, count, admittedOnly ? 1 : 0);

    public static List<double> ListAccuracies(this SqlSession sql, string experiment) =>
        sql.Query("SELECT accuracy FROM candidates WHERE experiment = ?1 AND accuracy IS NOT NULL", r => r.GetDouble(0), experiment);

    public static List<CandidateRow> PageCandidates(this SqlSession sql, ListCandidatesRequest request, int size, long offset) => sql.Query(
        $"""
        SELECT {Columns} FROM candidates
        WHERE experiment = ?1 AND (?2 < 0 OR cycle = ?2) AND (?3 = '' OR status = ?3) AND (?4 = 0 OR admitted IS NOT NULL)
        ORDER BY {(request.OrderBy == "accuracy" ? "accuracy DESC NULLS LAST, parameters, cycle, idx" : "cycle, idx")} LIMIT ?5 OFFSET ?6
        """,
        Read, request.Experiment, request.Cycle, request.Status, request.AdmittedOnly ? 1 : 0, size, offset);

    public static int NextAdmission(this SqlSession sql, string experiment) =>
        1 + (int)sql.Scalar("SELECT coalesce(max(admitted), 0) FROM candidates WHERE experiment = ?1", experiment);

    public static void InsertRescore(this SqlSession sql, string experiment, string candidate, ulong seed) => sql.Execute(
        "INSERT INTO rescores (candidate, seed, experiment) VALUES (?1, ?2, ?3)", candidate, unchecked((long)seed), experiment);

    /// <summary>False when that re-scoring is unknown or has its outcome.</summary>
    public static bool TryFinishRescore(this SqlSession sql, string experiment, string candidate, ulong seed, TrainingOutcome outcome)
    {
        if (sql.Execute(
            "UPDATE rescores SET outcome = ?3 WHERE candidate = ?1 AND seed = ?2 AND outcome IS NULL",
            candidate, unchecked((long)seed), outcome.ToByteArray()) != 1)
            return false;
        sql.Execute($"UPDATE candidates SET revision = {NextRevision} WHERE id = ?1", candidate, experiment);
        return true;
    }

    public static List<(string Candidate, ulong Seed)> ListOpenRescores(this SqlSession sql, string experiment) => sql.Query(
        "SELECT candidate, seed FROM rescores WHERE experiment = ?1 AND outcome IS NULL ORDER BY candidate, seed",
        r => (r.GetString(0), unchecked((ulong)r.GetInt64(1))), experiment);

    public static ILookup<string, TrainingOutcome> ListRescored(this SqlSession sql, string experiment) => sql.Query(
        "SELECT candidate, outcome FROM rescores WHERE experiment = ?1 AND outcome IS NOT NULL ORDER BY candidate, seed",
        r => (Candidate: r.GetString(0), Outcome: TrainingOutcome.Parser.ParseFrom((byte[])r[1])), experiment)
        .ToLookup(r => r.Candidate, r => r.Outcome);

    private static CandidateRow Read(SqliteDataReader r)
    {
        return new CandidateRow(r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.GetInt64(4))
        {
            Source = r.IsDBNull(5) ? null : r.GetString(5),
            Origin = Message(6, Origin.Parser),
            Validation = Message(7, ValidationOutcome.Parser),
            Training = Message(8, TrainingOutcome.Parser),
            Novelty = Message(9, NoveltyOutcome.Parser),
            Lost = (RejectionReason)r.GetInt32(10),
            LostDetail = r.GetString(11),
            Finished = r.IsDBNull(12) ? null : r.GetInt64(12),
            Admitted = r.IsDBNull(13) ? null : r.GetInt32(13),
            Structure = Message(14, StructureVerdict.Parser),
        };

        T? Message<T>(int column, MessageParser<T> parser)
            where T : class, IMessage<T> =>
            r.IsDBNull(column) ? null : parser.ParseFrom((byte[])r[column]);
    }
}

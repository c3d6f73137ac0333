using System.Text.Json;
using Microsoft.Data.Sqlite;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Store;

/// <summary>Experiments and their cycles.</summary>
internal static class ExperimentTable
{
    private const string Columns =
        "id, name, profile, seed, state, stage, cycle, adapter, message, created, ended, stage_since, progress, resends";

    public static void InsertExperiment(this SqlSession sql, ExperimentRow row) => sql.Execute(
        $"INSERT INTO experiments ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)", Values(row));

    public static void UpdateExperiment(this SqlSession sql, ExperimentRow row) => sql.Execute(
        """
        UPDATE experiments SET name = ?2, profile = ?3, seed = ?4, state = ?5, stage = ?6, cycle = ?7, adapter = ?8,
          message = ?9, created = ?10, ended = ?11, stage_since = ?12, progress = ?13, resends = ?14 WHERE id = ?1
        """,
        Values(row));

    public static ExperimentRow? FindExperiment(this SqlSession sql, string id) =>
        sql.Query($"SELECT {Columns} FROM experiments WHERE id = ?1", Read, id).FirstOrDefault();

    public static List<ExperimentRow> ListExperiments(this SqlSession sql) =>
        sql.Query($"SELECT {Columns} FROM experiments ORDER BY created, rowid", Read);

    /// <summary>Something was heard: the watchdog's clock starts anew.</summary>
    public static void Touch(this SqlSession sql, string experiment, long now) =>
        sql.Execute("UPDATE experiments SET progress = ?2, resends = 0 WHERE id = ?1", experiment, now);

    public static void SaveCycle(this SqlSession sql, CycleRow row) => sql.Execute(
        """
        INSERT INTO cycles (experiment, number, stage, requested, threshold, adapter, next_adapter, training_set, losses, seconds)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (experiment, number) DO UPDATE SET stage = ?3, next_adapter = ?7, training_set = ?8, losses = ?9, seconds = ?10
        """,
        row.Experiment, row.Number, (int)row.Stage, row.Requested, row.Threshold, row.Adapter, row.NextAdapter, row.TrainingSet,
        JsonSerializer.Serialize(row.Losses), JsonSerializer.Serialize(row.Seconds));

    public static List<CycleRow> ListCycles(this SqlSession sql, string experiment) => sql.Query(
        """
        SELECT experiment, number, stage, requested, threshold, adapter, next_adapter, training_set, losses, seconds
        FROM cycles WHERE experiment = ?1 ORDER BY number
        """,
        r => new CycleRow(
            r.GetString(0), r.GetInt32(1), (CycleStage)r.GetInt32(2), r.GetInt32(3), r.GetDouble(4), r.GetString(5), r.GetString(6), r.GetString(7),
            JsonSerializer.Deserialize<double[]>(r.GetString(8))!,
            JsonSerializer.Deserialize<Dictionary<string, double>>(r.GetString(9))!),
        experiment);

    /// <summary>What can be counted of an experiment without reading its candidates' outcomes.</summary>
    public static List<CycleCounts> CountCandidates(this SqlSession sql, string experiment) => sql.Query(
        """
        SELECT cycle, count(*), count(origin), sum(accuracy IS NOT NULL), count(admitted), count(finished), max(accuracy), avg(accuracy),
          sum(status NOT IN ('requested', 'generated', 'rejected', 'lost'))
        FROM candidates WHERE experiment = ?1 GROUP BY cycle ORDER BY cycle
        """,
        r => new CycleCounts(
            r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5),
            r.IsDBNull(6) ? 0 : r.GetDouble(6), r.IsDBNull(7) ? double.NaN : r.GetDouble(7), r.GetInt32(8)),
        experiment);

    private static object?[] Values(ExperimentRow row) =>
    [
        row.Id, row.Name, row.ProfileText, unchecked((long)row.Seed), (int)row.State, (int)row.Stage, row.Cycle, row.Adapter,
        row.Message, row.Created, row.Ended, row.StageSince, row.Progress, row.Resends,
    ];

    private static ExperimentRow Read(SqliteDataReader r) => new(
        r.GetString(0), r.GetString(1), r.GetString(2), unchecked((ulong)r.GetInt64(3)), (ExperimentState)r.GetInt32(4),
        (CycleStage)r.GetInt32(5), r.GetInt32(6), r.GetString(7), r.GetString(8), r.GetInt64(9),
        r.IsDBNull(10) ? null : r.GetInt64(10), r.GetInt64(11), r.GetInt64(12), r.GetInt32(13));
}

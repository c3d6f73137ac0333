using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace NnGpt.Coordinator.Store;

/// <summary>
/// The data base: SQLite in WAL mode. One writer at a time, each write one transaction that is on disk
/// (synchronous=FULL) when it returns; readers see the last committed state without waiting.
/// </summary>
internal sealed class CoordinatorStore : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly string _connectionString;
    private readonly FileStream _lock;
    private readonly SqliteConnection _writer;

    private CoordinatorStore(string connectionString, FileStream @lock, SqliteConnection writer) =>
        (_connectionString, _lock, _writer) = (connectionString, @lock, writer);

    public static CoordinatorStore Open(IOptions<CoordinatorOptions> options) => Open(options.Value.DataDirectory);

    /// <exception cref="StoreOpenException">The directory cannot be written, is in use, or its data base is damaged or newer.</exception>
    public static CoordinatorStore Open(string dataDirectory)
    {
        string path = Path.Combine(dataDirectory, "coordinator.db");
        FileStream? held = null;
        SqliteConnection? writer = null;
        try
        {
            Directory.CreateDirectory(dataDirectory);
            held = new FileStream(Path.Combine(dataDirectory, "coordinator.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            string connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, ForeignKeys = true, DefaultTimeout = 10 }.ToString();
            writer = Connect(connectionString);
            new SqlSession(writer).Execute("PRAGMA journal_mode=WAL");
            Migrate(new SqlSession(writer), path);
            return new CoordinatorStore(connectionString, held, writer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or StoreOpenException)
        {
            writer?.Dispose();
            bool locked = held is null && e is IOException && File.Exists(Path.Combine(dataDirectory, "coordinator.lock"));
            held?.Dispose();
            throw e switch
            {
                StoreOpenException => e,
                SqliteException { SqliteErrorCode: 11 or 26 } => new StoreOpenException(
                    $"The data base {path} is damaged ({e.Message}). Move it away to start anew, or restore it from a copy.", e),
                _ when locked => new StoreOpenException($"The data directory {dataDirectory} is in use by another Coordinator ({e.Message}).", e),
                _ => new StoreOpenException($"The data directory {dataDirectory} cannot be used: {e.Message}", e),
            };
        }
    }

    /// <summary>Runs a write transaction; an exception undoes all of it.</summary>
    public async Task<T> WriteAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            using var transaction = _writer.BeginTransaction(deferred: false);
            T result = work(new SqlSession(_writer));
            transaction.Commit();
            return result;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Reads from one consistent state.</summary>
    public T Read<T>(Func<SqlSession, T> work)
    {
        using var connection = Connect(_connectionString);
        using var transaction = connection.BeginTransaction(deferred: true);
        return work(new SqlSession(connection));
    }

    /// <summary>Throws a <see cref="SqliteException"/> when nothing can be written.</summary>
    public Task ProbeAsync(long now, CancellationToken cancellationToken) =>
        WriteAsync(sql => sql.Execute("INSERT OR REPLACE INTO probe (id, at) VALUES (1, ?1)", now), cancellationToken);

    public void Dispose()
    {
        _writer.Dispose();
        using (var pooled = new SqliteConnection(_connectionString))
            SqliteConnection.ClearPool(pooled);
        _lock.Dispose();
        _writing.Dispose();
    }

    private static SqliteConnection Connect(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        new SqlSession(connection).Execute("PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000");
        return connection;
    }

    private static void Migrate(SqlSession sql, string path)
    {
        string verdict = sql.Query("PRAGMA quick_check(1)", r => r.GetString(0)).FirstOrDefault() ?? "";
        if (verdict != "ok")
            throw new StoreOpenException($"The data base {path} is damaged ({verdict.ReplaceLineEndings(" ")}). Move it away to start anew, or restore it from a copy.");
        long application = sql.Scalar("PRAGMA application_id");
        long version = sql.Scalar("PRAGMA user_version");
        if (application != Schema.ApplicationId && (application != 0 || version != 0 || sql.Scalar("SELECT count(*) FROM sqlite_schema") != 0))
            throw new StoreOpenException($"{path} is a data base of another program.");
        if (version > Schema.Steps.Length)
            throw new StoreOpenException($"{path} was written by a newer version of this program (schema {version}; this one knows {Schema.Steps.Length}).");
        for (; version < Schema.Steps.Length; version++)
            sql.Execute($"BEGIN IMMEDIATE; {Schema.Steps[version]} PRAGMA application_id={Schema.ApplicationId}; PRAGMA user_version={version + 1}; COMMIT");
    }
}

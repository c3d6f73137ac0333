using Microsoft.Data.Sqlite;

namespace NnGpt.Coordinator.Store;

/// <summary>Statements on one connection. Parameters are ?1, ?2, ... in order.</summary>
internal sealed class SqlSession(SqliteConnection connection)
{
    public int Execute(string sql, params object?[] parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object?[] parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    public long Scalar(string sql, params object?[] parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    private SqliteCommand Command(string sql, object?[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < parameters.Length; i++)
            command.Parameters.AddWithValue($"?{i + 1}", parameters[i] ?? DBNull.Value);
        return command;
    }
}

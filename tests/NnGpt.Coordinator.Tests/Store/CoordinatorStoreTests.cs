using Microsoft.Data.Sqlite;
using NnGpt.Coordinator.Store;
using NnGpt.Coordinator.Tests.Running;

namespace NnGpt.Coordinator.Tests.Store;

public sealed class CoordinatorStoreTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_DamagedHeader_SaysThatTheFileIsDamaged()
    {
        File.WriteAllText(_directory.Database, new string('x', 8_192));

        var error = Assert.Throws<StoreOpenException>(() => CoordinatorStore.Open(_directory.Path));

        Assert.StartsWith($"The data base {_directory.Database} is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DamagedPages_SaysThatTheFileIsDamaged()
    {
        CoordinatorStore.Open(_directory.Path).Dispose();
        using (var file = File.OpenWrite(_directory.Database))
        {
            file.Position = 4_096;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4_096).ToArray());
        }

        var error = Assert.Throws<StoreOpenException>(() => CoordinatorStore.Open(_directory.Path));

        Assert.Contains("is damaged", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Open_DataBaseOfAnotherProgram_Refuses()
    {
        Execute("CREATE TABLE other (id INTEGER)");

        Assert.Contains("another program", Assert.Throws<StoreOpenException>(() => CoordinatorStore.Open(_directory.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NewerSchema_Refuses()
    {
        CoordinatorStore.Open(_directory.Path).Dispose();
        Execute("PRAGMA user_version = 99");

        Assert.Contains("newer version of this program (schema 99", Assert.Throws<StoreOpenException>(() => CoordinatorStore.Open(_directory.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DirectoryInUse_Refuses()
    {
        using var first = CoordinatorStore.Open(_directory.Path);

        Assert.Contains("in use by another Coordinator", Assert.Throws<StoreOpenException>(() => CoordinatorStore.Open(_directory.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DirectoryIsAFile_SaysSo()
    {
        string path = Path.Combine(_directory.Path, "file");
        File.WriteAllText(path, "");

        Assert.StartsWith($"The data directory {path} cannot be used", Assert.Throws<StoreOpenException>(() => CoordinatorStore.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NewDataBase_UsesWriteAheadLog()
    {
        using var store = CoordinatorStore.Open(_directory.Path);

        Assert.Equal("wal", store.Read(sql => sql.Query("PRAGMA journal_mode", r => r.GetString(0)))[0]);
        Assert.Equal(2, store.Read(sql => sql.Scalar("PRAGMA synchronous")));
    }

    [Fact]
    public async Task Write_Exception_UndoesAllOfIt()
    {
        using var store = CoordinatorStore.Open(_directory.Path);

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync<bool>(sql =>
        {
            sql.Execute("INSERT INTO probe (id, at) VALUES (7, 7)");
            throw new InvalidOperationException();
        }, default));

        Assert.Equal(0, store.Read(sql => sql.Scalar("SELECT count(*) FROM probe")));
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Tests.Running;

namespace Aspire.Hosting.Tests.Orchestration;

public sealed class DataDirectoryTests
{
    [Fact]
    public void Open_HeldByAnother_IsRefused()
    {
        using var directory = new TestDirectory();
        using var first = DataDirectory.Open(directory.Path);

        var failure = Assert.Throws<DistributedApplicationException>(() => DataDirectory.Open(directory.Path));

        Assert.StartsWith($"another AppHost uses the data directory {directory.Path}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterDispose_IsFreeAgain()
    {
        using var directory = new TestDirectory();
        DataDirectory.Open(directory.Path).Dispose();

        DataDirectory.Open(directory.Path).Dispose();
    }

    [Fact]
    public void Open_FileInItsPlace_NamesThePath()
    {
        using var directory = new TestDirectory();
        string file = directory.Combine("data");
        File.WriteAllText(file, "");

        var failure = Assert.Throws<DistributedApplicationException>(() => DataDirectory.Open(Path.Combine(file, "below")));

        Assert.StartsWith("the data directory cannot be used: " + file, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Open_NotWritable_NamesThePath()
    {
        // /proc takes no directories, not even from root.
        var failure = Assert.Throws<DistributedApplicationException>(() => DataDirectory.Open("/proc/nngpt"));

        Assert.StartsWith("the data directory cannot be used: /proc/nngpt", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LogsCannotBeMade_NamesThePathAndFreesTheLock()
    {
        using var directory = new TestDirectory();
        File.WriteAllText(directory.Combine("logs"), "");

        Assert.Contains("cannot be used", Assert.Throws<DistributedApplicationException>(() => DataDirectory.Open(directory.Path)).Message, StringComparison.Ordinal);

        File.Delete(directory.Combine("logs"));
        DataDirectory.Open(directory.Path).Dispose();
    }

    [Fact]
    public void Secret_AfterRestart_IsTheSameAndPrivate()
    {
        using var directory = new TestDirectory();
        string secret;
        using (var first = DataDirectory.Open(directory.Path))
        {
            secret = first.Secret("redis");
        }

        using var second = DataDirectory.Open(directory.Path);
        Assert.Equal(secret, second.Secret("redis"));
        Assert.NotEqual(secret, second.Secret("rabbitmq"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(second.Combine("secrets", "redis")));
    }
}

using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Tests.Running;

namespace Aspire.Hosting.Tests.Orchestration;

public sealed class ResourceLogTests
{
    [Fact]
    public void WriteLine_FullFile_KeepsTheLastTwoFiles()
    {
        using var directory = new TestDirectory();
        string path = directory.Combine("a.log");
        using (var log = new ResourceLog(path, maxBytes: 100))
        {
            for (int i = 0; i < 100; i++)
            {
                log.WriteLine($"line {i:000}");
            }
        }

        Assert.Equal(2, Directory.GetFiles(directory.Path).Length);
        Assert.All(Directory.GetFiles(directory.Path), file => Assert.InRange(new FileInfo(file).Length, 0, 110));
        Assert.EndsWith("line 099\n", File.ReadAllText(path + ".1") + File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ExistingFile_GoesOnAtItsEnd()
    {
        using var directory = new TestDirectory();
        string path = directory.Combine("a.log");
        foreach (string line in (string[])["first", "second"])
        {
            using var log = new ResourceLog(path, maxBytes: 1000);
            log.WriteLine(line);
        }

        Assert.Equal(["first", "second"], File.ReadAllLines(path));
    }
}

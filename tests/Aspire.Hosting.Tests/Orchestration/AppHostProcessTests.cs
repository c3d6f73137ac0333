using Aspire.Hosting.Tests.Running;

namespace Aspire.Hosting.Tests.Orchestration;

/// <summary>The whole life of an AppHost as a process, seen from outside.</summary>
public sealed class AppHostProcessTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;

    private readonly TestDirectory _directory = new();

    [Fact]
    public async Task Kill_WithBrokersAndGrandchildren_LeavesNoProcessAndStartsAgain()
    {
        using (var first = TestApp.Start(_directory.Path, "--Brokers=true"))
        {
            await first.UntilRunningAsync();
            var tree = ProcessTree.Below(first.Id);
            foreach (string program in (string[])["redis-server", "beam.smp", "erl_child_setup", "epmd", "Aspire.Hosting.TestApp.dll", "sleep 1000"])
            {
                Assert.Contains(tree, process => process.Command.Contains(program, StringComparison.Ordinal));
            }

            await first.EndAsync(Kill);

            await Eventually.TrueAsync("no process is left", () => tree.All(process => !process.IsAlive));
        }

        using var second = TestApp.Start(_directory.Path, "--Brokers=true");
        await second.UntilRunningAsync();
        var restarted = ProcessTree.Below(second.Id);

        var (exitCode, output, error) = await second.EndAsync(Terminate);

        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        Assert.Contains("apphost       | stopped", output, StringComparison.Ordinal);
        Assert.All(restarted, process => Assert.False(process.IsAlive, process.Command));
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task Signal_StopsEverything_ExitCodeZero(int signal)
    {
        using var application = TestApp.Start(_directory.Path);
        await application.UntilRunningAsync();
        var tree = ProcessTree.Below(application.Id);
        Assert.NotEmpty(tree);

        var (exitCode, _, error) = await application.EndAsync(signal);

        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        Assert.Null(application.ReadState());
        Assert.All(tree, process => Assert.False(process.IsAlive, process.Command));
    }

    [Fact]
    public async Task Start_DataDirectoryInUse_IsRefusedInOneLine()
    {
        using var first = TestApp.Start(_directory.Path);
        await first.UntilRunningAsync();
        using var second = TestApp.Start(_directory.Path);

        var (exitCode, output, error) = await second.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Equal($"error: another AppHost (process {first.Id}) uses the data directory {_directory.Path}: stop it, or choose another directory\n", error);
        Assert.Equal("running", first.ReadState()?.Status);
        await first.EndAsync(Terminate);
    }

    public void Dispose() => _directory.Dispose();
}

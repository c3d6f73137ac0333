using NnGpt.EndToEnd.Tests.Running;

namespace NnGpt.EndToEnd.Tests;

/// <summary>However the AppHost ends, nothing that it started lives on.</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AppHost_TerminatedOrKilled_LeavesNoProcess(bool kill)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        string home = Directory.CreateTempSubdirectory("nngpt-shutdown-").FullName;
        await using var system = await RunningSystem.StartAsync(home, cancellationToken);
        var processes = ProcessTree.Of(system.ProcessId);
        Assert.True(processes.Count > 8, string.Join('\n', processes));

        if (kill)
        {
            await system.KillAsync();
        }
        else
        {
            await system.TerminateAsync(s_deadline);
        }

        await Eventually.TrueAsync(
            "every process has ended; left: " + string.Join('\n', processes.Where(process => process.IsAlive)),
            s_deadline,
            () => !processes.Any(process => process.IsAlive),
            cancellationToken);
        Directory.Delete(home, recursive: true);
    }
}

using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Tests.Running;

namespace Aspire.Hosting.Tests.Orchestration;

public sealed class OrchestratorTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    [Fact]
    public async Task Run_Output_IsKeptAndShownWithTheName()
    {
        var builder = RunningApplication.CreateBuilder();
        builder.AddExecutable("talker", "/bin/sh", _directory.Path, "-c", "echo $GREETING; echo wrong >&2; exec sleep 1000").WithEnvironment("GREETING", "hello");
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));

        await Eventually.TrueAsync("both lines are shown", () => application.Output.Count(line => line.StartsWith("talker ", StringComparison.Ordinal)) == 2);

        Assert.Contains("talker  | hello", application.Output);
        Assert.Equal(["hello", "wrong"], File.ReadAllLines(_directory.Combine("logs/talker.log")).Order());
    }

    [Fact]
    public async Task Run_ProgramCrashes_StartsItAgain()
    {
        string marker = _directory.Combine("started-once");
        var builder = RunningApplication.CreateBuilder();
        builder.AddExecutable("phoenix", "/bin/sh", _directory.Path, "-c", "test -e $0 && exec sleep 1000; touch $0; exit 3", marker);
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));

        await application.UntilAsync("phoenix", state => state is { Status: "running", Restarts: 1, ExitCode: 3 }, "runs again");

        Assert.Contains("apphost | phoenix ended with exit code 3; starts again in 0 s", application.Output);
    }

    [Fact]
    public async Task Run_ProgramIsKilled_StartsItAgainAsAnotherProcess()
    {
        var builder = RunningApplication.CreateBuilder();
        builder.AddExecutable("victim", "sleep", _directory.Path, "1000");
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));
        await application.UntilHealthyAsync("victim");
        int first = application.State("victim").Pid!.Value;

        TestApp.Signal(first, 9);

        await application.UntilAsync("victim", state => state is { Status: "running", Restarts: 1, Pid: not null, ExitCode: 137 } && state.Pid != first, "runs again");
    }

    [Fact]
    public async Task Run_ProgramCrashesAlways_GivesUpAndSaysSo()
    {
        var builder = RunningApplication.CreateBuilder();
        builder.AddExecutable("hopeless", "/bin/sh", _directory.Path, "-c", "exit 7");
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));

        await application.UntilAsync("hopeless", state => state is { Status: "failed", Health: "unhealthy", Restarts: 4 }, "is given up");

        Assert.StartsWith("ended with exit code 7 5 times in a row", application.State("hopeless").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProgramEndsWell_IsFinishedAndReleasesWhoWaits()
    {
        var builder = RunningApplication.CreateBuilder();
        var once = builder.AddExecutable("once", "/bin/true", _directory.Path);
        builder.AddExecutable("next", "sleep", _directory.Path, "1000").WaitFor(once);
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));

        await application.UntilAsync("once", state => state is { Status: "finished", Restarts: 0, ExitCode: 0 }, "is finished");
        await application.UntilHealthyAsync("next");
    }

    [Fact]
    public async Task WaitFor_DependencyIsNotHealthy_StartsOnlyWhenItIs()
    {
        string healthy = _directory.Combine("healthy");
        var builder = RunningApplication.CreateBuilder();
        var service = builder.AddProject("service", TestApp.Project)
            .WithHttpEndpoint(env: "HTTP_PORT").WithHttpHealthCheck("/health").WithEnvironment("HEALTHY_WHEN", healthy);
        builder.AddExecutable("client", "sleep", _directory.Path, "1000").WaitFor(service);
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));

        await application.UntilAsync("service", state => state.Detail?.EndsWith("answers 503", StringComparison.Ordinal) == true, "answers, but not healthy");
        Assert.Equal(("waiting", "waits for service", null), (application.State("client").Status, application.State("client").Detail, application.State("client").Pid));

        await File.WriteAllTextAsync(healthy, "", TestContext.Current.CancellationToken);
        await application.UntilHealthyAsync("service", "client");

        File.Delete(healthy);
        await application.UntilAsync("service", state => state is { Health: "unhealthy", Status: "running" }, "is unhealthy again");
    }

    [Fact]
    public async Task Stop_DependentResources_EndInReverseOrder()
    {
        string journal = _directory.Combine("journal");
        const string Script = "trap 'echo $NAME >> $0; exit 0' TERM; echo ready; while :; do sleep 0.02; done";
        var builder = RunningApplication.CreateBuilder();
        var a = builder.AddExecutable("a", "/bin/sh", _directory.Path, "-c", Script, journal).WithEnvironment("NAME", "a");
        var b = builder.AddExecutable("b", "/bin/sh", _directory.Path, "-c", Script, journal).WithEnvironment("NAME", "b").WaitFor(a);
        builder.AddExecutable("c", "/bin/sh", _directory.Path, "-c", Script, journal).WithEnvironment("NAME", "c").WaitFor(b);
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path) with { StopDeadline = TimeSpan.FromSeconds(60) });
        await application.UntilHealthyAsync("a", "b", "c");
        await Eventually.TrueAsync("the scripts listen", () => application.Output.Count(line => line.EndsWith("| ready", StringComparison.Ordinal)) == 3);

        await application.StopAsync();

        Assert.Equal(["c", "b", "a"], File.ReadAllLines(journal));
        Assert.All(application.States, state => Assert.Equal("stopped", state.Status));
        Assert.False(File.Exists(_directory.Combine("apphost.json")));
    }

    [Fact]
    public async Task Stop_ProgramDoesNotListen_IsKilledWithItsChildren()
    {
        var builder = RunningApplication.CreateBuilder();
        builder.AddExecutable("deaf", "/bin/sh", _directory.Path, "-c", "trap '' TERM; sleep 1000 & echo ready; while :; do sleep 1000; done");
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path) with { StopDeadline = TimeSpan.FromMilliseconds(100) });
        await Eventually.TrueAsync("the script is ready", () => application.Output.Contains("deaf    | ready"));
        await Eventually.TrueAsync("it has two children", () => ProcessTree.Below(application.State("deaf").Pid!.Value).Count == 2);
        int id = application.State("deaf").Pid!.Value;
        var children = ProcessTree.Below(id);

        await application.StopAsync();

        Assert.Null(ProcessTable.StartTime(id));
        await Eventually.TrueAsync("its children are gone", () => children.All(child => !child.IsAlive));
        Assert.Contains("apphost | deaf did not stop in 0.1 s and is killed", application.Output);
    }

    [Fact]
    public async Task Run_MissingProgram_IsOneLineBeforeAnythingStarts()
    {
        var builder = RunningApplication.CreateBuilder();
        builder.AddExecutable("first", "sleep", _directory.Path, "1000");
        builder.AddExecutable("second", "no-such-program", _directory.Path);
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(application.ResultAsync);

        Assert.Equal("'second': there is no program no-such-program", failure.Message);
        Assert.Null(application.State("first").Pid);
    }

    [Fact]
    public async Task Run_ProjectIsNotBuilt_SaysHowToBuildIt()
    {
        var builder = RunningApplication.CreateBuilder();
        builder.AddProject("service", _directory.Combine("Nowhere.csproj"));
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(application.ResultAsync);

        Assert.StartsWith("project 'service' has not been built: dotnet build ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortIsTaken_IsOneLineBeforeAnythingStarts()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var builder = RunningApplication.CreateBuilder();
        builder.AddRedis("redis", port);
        await using var application = RunningApplication.Start(builder, RunningApplication.Quick(_directory.Path));

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(application.ResultAsync);

        Assert.Contains($"port {port} ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'redis'", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();
}

using System.Diagnostics;
using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests;

public sealed class WorkerPoolTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_SeveralRequests_UsesOneWarmWorker()
    {
        await using var pool = TestPools.Create();
        Assert.Equal("served 1", (await pool.SayAsync("hello")).Error.Message);
        Assert.Equal("served 2", (await pool.SayAsync("hello")).Error.Message);
        Assert.Equal(1, pool.WarmWorkers);
    }

    [Fact]
    public async Task RunAsync_Training_AnswersTraining()
    {
        await using var pool = TestPools.Create();
        var request = new WorkerRequest { Train = new TrainRequest { Source = "hello" } };
        var response = await pool.RunAsync(request, TestPools.Patience, Cancellation);
        Assert.True(response.Training.Scored);
        request.Train.Source = "exit";
        response = await pool.RunAsync(request, TestPools.Patience, Cancellation);
        Assert.Equal(RejectionReason.WorkerDied, response.Training.Reason);
    }

    [Theory]
    [InlineData("hang", 0.5, RejectionReason.Time)]
    [InlineData("hang-on-all-threads", 0.5, RejectionReason.Time)]
    [InlineData("flood-errors", 0.5, RejectionReason.Time)]
    [InlineData("exit", 300, RejectionReason.WorkerDied)]
    [InlineData("crash", 300, RejectionReason.WorkerDied)]
    [InlineData("recurse", 300, RejectionReason.WorkerDied)]
    [InlineData("flood", 300, RejectionReason.WorkerDied)]
    [InlineData("announce", 300, RejectionReason.WorkerDied)]
    [InlineData("garbage", 300, RejectionReason.WorkerDied)]
    [InlineData("half", 300, RejectionReason.WorkerDied)]
    [InlineData("other-id", 300, RejectionReason.WorkerDied)]
    [InlineData("touch", 300, RejectionReason.Memory)]
    [InlineData("managed", 300, RejectionReason.Memory)]
    public async Task RunAsync_WorkerMisbehaves_GivesAVerdictAndGoesOn(string source, double seconds, RejectionReason reason)
    {
        await using var pool = TestPools.Create();
        var outcome = await pool.SayAsync(source, seconds);
        Assert.False(outcome.Valid);
        Assert.Equal(reason, outcome.Reason);
        Assert.NotEmpty(outcome.Error.Message);
        Assert.Equal("served 1", (await pool.SayAsync("hello")).Error.Message); // a fresh worker
    }

    [Fact]
    public async Task RunAsync_KilledInMidRun_CostsOneVerdict()
    {
        await using var pool = TestPools.Create();
        await pool.SayAsync("hello");
        int worker = pool.ProcessIds.Single();
        var idle = ProcessorTime(worker);
        var running = pool.SayAsync("hang");
        using var patience = new CancellationTokenSource(TestPools.Patience);
        while (ProcessorTime(worker) - idle < TimeSpan.FromSeconds(0.2)) // it has the request and spins
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
        Process.GetProcessById(worker).Kill();
        Assert.Equal(RejectionReason.WorkerDied, (await running).Reason);
        Assert.True((await pool.SayAsync("hello")).Valid);
        Assert.NotEqual(worker, pool.ProcessIds.Single());
    }

    [Fact]
    public async Task RunAsync_WorkerKilledWhileIdle_CostsNothing()
    {
        await using var pool = TestPools.Create();
        await pool.SayAsync("hello");
        using var worker = Process.GetProcessById(pool.ProcessIds.Single());
        worker.Kill();
        await worker.WaitForExitAsync(Cancellation);
        Assert.Equal("served 1", (await pool.SayAsync("hello")).Error.Message);
    }

    [Fact]
    public async Task RunAsync_RequestAsksForLessMemory_TheLowerLimitHolds()
    {
        await using var pool = TestPools.Create(o => o.MemoryBytes = 64L << 30);
        var request = new WorkerRequest { Validate = new ValidateRequest { Source = "touch", Limits = new LimitSettings { MemoryBytes = 512 << 20 } } };
        var response = await pool.RunAsync(request, TestPools.Patience, Cancellation);
        Assert.Equal(RejectionReason.Memory, response.Validation.Reason);
        Assert.Contains("512 MiB", response.Validation.Error.Message);
    }

    [Fact]
    public async Task RunAsync_AfterRecycling_UsesAFreshWorker()
    {
        await using var pool = TestPools.Create(o => o.RecycleAfter = 2);
        List<string> answers = [];
        for (int i = 0; i < 5; i++)
        {
            answers.Add((await pool.SayAsync("hello")).Error.Message);
        }
        Assert.Equal(["served 1", "served 2", "served 1", "served 2", "served 1"], answers);
    }

    [Fact]
    public async Task RunAsync_Cancelled_ReplacesTheWorker()
    {
        await using var pool = TestPools.Create();
        await pool.SayAsync("hello");
        using var cancel = new CancellationTokenSource();
        var running = pool.RunAsync(new WorkerRequest { Validate = new ValidateRequest { Source = "hang" } }, TestPools.Patience, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True((await pool.SayAsync("hello")).Valid);
    }

    [Fact]
    public async Task RunAsync_MoreRequestsThanWorkers_AllAreAnswered()
    {
        await using var pool = TestPools.Create(o => o.Workers = 2);
        string[] sources = ["hello", "exit", "hello", "garbage", "hello", "hello", "crash", "hello"];
        var outcomes = await Task.WhenAll(sources.Select(source => pool.SayAsync(source)));
        Assert.Equal(sources.Select(s => s == "hello"), outcomes.Select(o => o.Valid));
    }

    [Fact]
    public async Task DisposeAsync_WorkGoingOn_EndsEveryProcess()
    {
        var pool = TestPools.Create(o => o.Workers = 2);
        await pool.SayAsync("hello");
        int[] processes = [.. pool.ProcessIds];
        var running = pool.SayAsync("hang");
        await pool.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        using var patience = new CancellationTokenSource(TestPools.Patience);
        while (processes.Any(id => ProcessTree.ResidentBytes(id) > 0)) // killed, but a busy kernel may not have come to it
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.SayAsync("hello"));
    }

    [Fact]
    public async Task Workers_HostIsKilled_DieWithIt()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", TestPools.TestWorkerPath, "--host"]) { RedirectStandardOutput = true };
        using var host = Process.Start(start)!;
        string line = await host.StandardOutput.ReadLineAsync(Cancellation) ?? "";
        Process[] workers = [.. line.Split(' ').Select(id => Process.GetProcessById(int.Parse(id)))];
        Assert.Equal(2, workers.Length);
        host.Kill();
        await host.WaitForExitAsync(Cancellation);
        foreach (var worker in workers)
        {
            await worker.WaitForExitAsync(Cancellation).WaitAsync(TestPools.Patience, Cancellation);
            worker.Dispose();
        }
    }

    [Fact]
    public void Create_WorkerMissing_SaysWhatToDo()
    {
        var error = Assert.Throws<WorkerStartException>(() => TestPools.Create(o => o.WorkerPath = "/nonexistent/NnGpt.Worker.dll"));
        Assert.Contains("build the solution", error.Message);
    }

    [Fact]
    public void Create_NoSufficientSandbox_RefusesUnlessAllowed()
    {
        var error = Assert.Throws<SandboxUnavailableException>(() => TestPools.Create(o => o.Layers = SandboxLayers.Landlock));
        Assert.Contains("AllowUnsandboxed", error.Message);
    }

    [Fact]
    public async Task RunAsync_UnsandboxedAllowed_Works()
    {
        await using var pool = TestPools.Create(o => (o.Layers, o.AllowUnsandboxed) = (SandboxLayers.None, true));
        Assert.True((await pool.SayAsync("hello")).Valid);
    }

    private static TimeSpan ProcessorTime(int worker)
    {
        using var process = Process.GetProcessById(ProcessTree.Leaf(worker));
        return process.TotalProcessorTime;
    }
}

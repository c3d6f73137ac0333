using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.ServiceDefaults.Tests.Messaging;

public sealed class BrokerFailureTests(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Broker_KilledUnderLoad_LosesNothingConfirmed()
    {
        const int Messages = 3000, KillAfter = 500;
        await DeclareForGoodAsync();
        var script = new TestService.Script();
        await using var service = await TestService.StartAsync(broker.Server.ConnectionString, script, concurrency: 8);
        var reachedKill = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int confirmed = 0;
        var publishing = Parallel.ForEachAsync(
            Enumerable.Range(0, Messages),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token },
            async (i, token) =>
            {
                await service.Bus.PublishAsync("candidate.generated", Candidate($"load-{i}"), $"load-{i}", token);
                if (Interlocked.Increment(ref confirmed) == KillAfter)
                    reachedKill.SetResult();
            });

        await reachedKill.Task.WaitAsync(Token);
        await broker.Server.KillAsync();
        int confirmedBeforeRestart = Volatile.Read(ref confirmed);
        await broker.Server.RestartAsync(Token);
        await publishing;

        Assert.InRange(confirmedBeforeRestart, KillAfter, Messages - 1);
        var seen = new HashSet<string>();
        while (seen.Count < Messages)
            seen.Add((await script.Handled.Reader.ReadAsync(Token)).Message.Candidate.Id);
        Assert.True(service.Consumers.IsConnected);
        Assert.False(script.Letters.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Broker_KilledWhileHandling_HandlesTheMessageOnce()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new TestService.Script
        {
            Handle = async (message, _, token) =>
            {
                if (message.Candidate.Id != "long")
                    return;
                running.TrySetResult();
                await finish.Task.WaitAsync(token);
            },
        };
        await DeclareForGoodAsync();
        await using var service = await TestService.StartAsync(broker.Server.ConnectionString, script);
        await service.Bus.PublishAsync("candidate.generated", Candidate("long"), "long", Token);
        await running.Task.WaitAsync(Token);

        await broker.Server.RestartAsync(Token);
        await service.Bus.PublishAsync("candidate.generated", Candidate("marker"), "marker", Token);
        finish.SetResult();

        var (first, _) = await script.Handled.Reader.ReadAsync(Token);
        var (second, _) = await script.Handled.Reader.ReadAsync(Token);
        Assert.Equal(["long", "marker"], new[] { first.Candidate.Id, second.Candidate.Id }.Order());
        Assert.Equal(1, script.Deliveries["long"]);
    }

    // A broker that was killed within minutes of declaring a queue forgets it (see RabbitMqServer.KillAsync).
    private async Task DeclareForGoodAsync()
    {
        await using (var first = await TestService.StartAsync(broker.Server.ConnectionString, new TestService.Script()))
            await first.Bus.PublishAsync("adapter.ready", new AdapterReady(), "first", Token);
        await broker.Server.StopAsync();
        await broker.Server.RestartAsync(Token);
    }

    private static CandidateGenerated Candidate(string id) =>
        new() { Candidate = new CandidateRef { Experiment = "e", Id = id } };
}

using System.Diagnostics;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;
using NnGpt.ServiceDefaults.Telemetry;
using RabbitMQ.Client;

namespace NnGpt.ServiceDefaults.Tests.Messaging;

public sealed class MessageBusTests(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_OneMessage_ArrivesOnceWithItsIdAndTrace()
    {
        var script = new TestService.Script();
        await using var service = await TestService.StartAsync(broker.Server.ConnectionString, script);
        ActivityTraceId expected;
        using (var activity = NnGptTelemetry.Source.StartActivity("test", ActivityKind.Internal, NnGptTelemetry.CandidateTrace("e-c00-001")))
        {
            expected = activity!.TraceId;
            await service.Bus.PublishAsync("candidate.generated", Candidate("e-c00-001"), "candidate.generated:e-c00-001", Token);
        }

        var (message, context) = await script.Handled.Reader.ReadAsync(Token);

        Assert.Equal("e-c00-001", message.Candidate.Id);
        Assert.Equal("candidate.generated:e-c00-001", context.MessageId);
        Assert.False(context.Redelivered);
        Assert.Equal(0, context.DeliveryCount);
        Assert.Equal(expected, context.Trace.TraceId);
        Assert.Equal(NnGptTelemetry.CandidateTrace("e-c00-001").TraceId, context.Trace.TraceId);
    }

    [Fact]
    public async Task Handle_ExceptionTwice_IsDeliveredThreeTimes()
    {
        var script = new TestService.Script
        {
            Handle = (_, context, _) => context.DeliveryCount < 2 ? throw new InvalidOperationException("not yet") : Task.CompletedTask,
        };
        await using var service = await TestService.StartAsync(broker.Server.ConnectionString, script);

        await service.Bus.PublishAsync("candidate.generated", Candidate("twice"), "twice", Token);

        var (_, context) = await script.Handled.Reader.ReadAsync(Token);
        Assert.True(context.Redelivered);
        Assert.Equal(2, context.DeliveryCount);
        Assert.Equal(3, script.Deliveries["twice"]);
    }

    [Fact]
    public async Task Handle_ExceptionAlways_DiesAfterTheDeliveryLimit()
    {
        var script = new TestService.Script { Handle = (_, _, _) => throw new InvalidOperationException("never") };
        await using var service = await TestService.StartAsync(broker.Server.ConnectionString, script);

        await service.Bus.PublishAsync("candidate.generated", Candidate("never"), "never", Token);

        var (letter, context) = await script.Letters.Reader.ReadAsync(Token);
        Assert.Equal("validator", letter.Queue);
        Assert.Equal("delivery_limit", letter.Reason);
        Assert.Equal("candidate.generated", context.RoutingKey);
        Assert.Equal("never", context.MessageId);
        Assert.True(letter.TryParse<CandidateGenerated>(out var message));
        Assert.Equal("never", message.Candidate.Id);
        Assert.False(letter.TryParse<CandidateTrained>(out _));
        Assert.Equal(6, script.Deliveries["never"]);
    }

    [Fact]
    public async Task Handle_PastTheDeadline_IsCancelledAndDeliveredAgain()
    {
        var script = new TestService.Script
        {
            Handle = (_, context, token) => context.Redelivered ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token),
        };
        await using var service = await TestService.StartAsync(
            broker.Server.ConnectionString, script, deadline: TimeSpan.FromMilliseconds(50));

        await service.Bus.PublishAsync("candidate.generated", Candidate("slow"), "slow", Token);

        var (_, context) = await script.Handled.Reader.ReadAsync(Token);
        Assert.Equal(1, context.DeliveryCount);
    }

    [Theory]
    [InlineData("nngpt.v1.SomethingElse", 1, new byte[0])]
    [InlineData("nngpt.v1.CandidateGenerated", 2, new byte[0])]
    [InlineData("nngpt.v1.CandidateGenerated", 1, new byte[] { 0x0a, 0xff })]
    public async Task Consume_ForeignMessage_GoesToTheDeadLettersAtOnce(string type, int schema, byte[] body)
    {
        var script = new TestService.Script();
        await using var service = await TestService.StartAsync(broker.Server.ConnectionString, script);
        var factory = new ConnectionFactory { Uri = new Uri(broker.Server.ConnectionString) };
        await using var connection = await factory.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Token);
        await service.Bus.PublishAsync("candidate.generated", Candidate("first"), "first", Token);
        await script.Handled.Reader.ReadAsync(Token);
        var properties = new BasicProperties { Type = type, MessageId = "foreign", Headers = new Dictionary<string, object?> { ["schema"] = schema } };

        await channel.BasicPublishAsync("nngpt", "candidate.generated", mandatory: true, properties, body, Token);

        var (letter, context) = await script.Letters.Reader.ReadAsync(Token);
        Assert.Equal("rejected", letter.Reason);
        Assert.Equal("foreign", context.MessageId);
        Assert.Equal(type, letter.Type);
        Assert.Single(script.Deliveries);
    }

    [Fact]
    public async Task Stop_HandlerRunning_PutsTheMessageBackForTheNextReplica()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new TestService.Script
        {
            Handle = (_, _, token) =>
            {
                running.SetResult();
                return Task.Delay(Timeout.Infinite, token);
            },
        };
        await using (var first = await TestService.StartAsync(broker.Server.ConnectionString, script, drainSeconds: 0))
        {
            await first.Bus.PublishAsync("candidate.generated", Candidate("moved"), "moved", Token);
            await running.Task.WaitAsync(Token);
            await first.StopAsync();
        }
        var other = new TestService.Script();
        await using var second = await TestService.StartAsync(broker.Server.ConnectionString, other);

        var (message, context) = await other.Handled.Reader.ReadAsync(Token);
        Assert.Equal("moved", message.Candidate.Id);
        Assert.True(context.Redelivered);
    }

    [Fact]
    public async Task Stop_HandlerAboutToFinish_FinishesAndIsNotDeliveredAgain()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new TestService.Script
        {
            Handle = async (_, _, token) =>
            {
                running.SetResult();
                await finish.Task.WaitAsync(token);
            },
        };
        await using (var first = await TestService.StartAsync(broker.Server.ConnectionString, script, drainSeconds: 60))
        {
            await first.Bus.PublishAsync("candidate.generated", Candidate("finished"), "finished", Token);
            await running.Task.WaitAsync(Token);
            var stopped = first.StopAsync();
            finish.SetResult();
            await stopped;
        }
        var other = new TestService.Script();
        await using var second = await TestService.StartAsync(broker.Server.ConnectionString, other);
        await second.Bus.PublishAsync("candidate.generated", Candidate("next"), "next", Token);

        var (message, _) = await other.Handled.Reader.ReadAsync(Token);
        Assert.Equal("next", message.Candidate.Id);
        Assert.True(script.Handled.Reader.TryRead(out _));
    }

    private static CandidateGenerated Candidate(string id) =>
        new() { Candidate = new CandidateRef { Experiment = "e", Id = id }, Source = "import torch\n" };
}

using System.Diagnostics;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using NnGpt.Generator.Designers;
using NnGpt.Generator.Messaging;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;
using NnGpt.ServiceDefaults.Telemetry;

namespace NnGpt.Generator.Tests;

public sealed class GenerateHandlerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_TheSameCommandTwice_PublishesTheSameCandidates()
    {
        var (first, second) = (new RecordingBus(), new RecordingBus());
        var command = Command(firstIndex: 16, count: 3);

        await HandleAsync(command, first);
        await HandleAsync(command, second);

        Assert.Equal(["candidate.generated:e-c02-016", "candidate.generated:e-c02-017", "candidate.generated:e-c02-018"], first.Ids);
        Assert.Equal(first.Ids, second.Ids);
        Assert.Equal(first.Messages, second.Messages);
        Assert.All(first.Messages, m => Assert.Equal(command.AdapterDigest, m.Origin.AdapterDigest));
        Assert.Equal(3, first.Messages.Select(m => m.Origin.Seed).Distinct().Count());
    }

    [Fact]
    public async Task Handle_AnotherSplitOfTheCycle_GivesTheSameSeeds()
    {
        var (whole, tail) = (new RecordingBus(), new RecordingBus());

        await HandleAsync(Command(firstIndex: 0, count: 6), whole);
        await HandleAsync(Command(firstIndex: 4, count: 2), tail);

        Assert.Equal(whole.Messages.Skip(4).Select(m => m.Origin.Seed), tail.Messages.Select(m => m.Origin.Seed));
    }

    [Fact]
    public async Task Handle_EachCandidate_HasATraceOfItsOwn()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == NnGptTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        var bus = new RecordingBus();

        await HandleAsync(Command(firstIndex: 0, count: 2), bus);

        Assert.Equal(
            new[] { "e-c02-000", "e-c02-001" }.Select(id => (ActivityTraceId?)NnGptTelemetry.CandidateTrace(id).TraceId), bus.Traces);
    }

    private static Task HandleAsync(GenerateCommand command, IMessageBus bus) =>
        new GenerateHandler(new EchoDesigner(), bus, TimeProvider.System, NullLogger<GenerateHandler>.Instance)
            .HandleAsync(command, new MessageContext("generate", "generate", false, 0, default), Token);

    private static GenerateCommand Command(int firstIndex, int count) => new()
    {
        Experiment = "e",
        Cycle = 2,
        FirstIndex = firstIndex,
        Count = count,
        AdapterDigest = "sha256:0",
        Sampling = new SamplingSettings { Temperature = 0.8, TopP = 1, MaxNewTokens = 32, Seed = 5 },
        Task = new TaskSettings { Dataset = "fashion-mnist" },
        Limits = new LimitSettings { Parameters = 500_000 },
    };

    private sealed class EchoDesigner : IDesigner
    {
        public ModelInfo Model => new();

        public Task<IReadOnlyList<DesignedText>> DesignAsync(DesignRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<DesignedText>>([.. request.Seeds.Select(seed => new DesignedText(
                $"```python\nx = {seed}\n```\n", new Origin { Seed = seed, AdapterDigest = request.AdapterDigest }))]);
    }

    private sealed class RecordingBus : IMessageBus
    {
        public List<string> Ids { get; } = [];

        public List<CandidateGenerated> Messages { get; } = [];

        public List<ActivityTraceId?> Traces { get; } = [];

        public Task PublishAsync<T>(string routingKey, T message, string messageId, CancellationToken cancellationToken)
            where T : class, IMessage<T>
        {
            Ids.Add(messageId);
            Messages.Add((CandidateGenerated)(object)message);
            Traces.Add(Activity.Current?.TraceId);
            return Task.CompletedTask;
        }
    }
}

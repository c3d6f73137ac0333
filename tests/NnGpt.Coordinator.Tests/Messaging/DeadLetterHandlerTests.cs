using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Messaging;
using NnGpt.Coordinator.Tests.Running;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator.Tests.Messaging;

public sealed class DeadLetterHandlerTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly FakePipeline _pipeline = new();
    private readonly CoordinatorProcess _coordinator;
    private readonly DeadLetterHandler _handler;

    public DeadLetterHandlerTests()
    {
        _coordinator = new CoordinatorProcess(_directory, _pipeline, new FakeTimeProvider());
        _handler = new DeadLetterHandler(_coordinator.Engine, _coordinator.Store, new ExperimentChanges(), TimeProvider.System, NullLogger<DeadLetterHandler>.Instance);
    }

    public void Dispose()
    {
        _coordinator.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Handle_CandidatesMessage_IsAVisibleOutcomeAndItsCycleCloses()
    {
        _pipeline.Swallow = m => m is CandidateGenerated { Candidate: { Cycle: 0, Index: 3 } };
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        await _coordinator.StepAsync(id);
        var candidate = CandidateIds.Of(id, 0, 3);

        await HandleAsync("validator", new CandidateGenerated { Candidate = candidate, Source = "x" });
        await HandleAsync("validator", new CandidateGenerated { Candidate = candidate, Source = "x" });
        var experiment = await _coordinator.RunToEndAsync(id);

        Assert.Equal(ExperimentState.Completed, experiment.State);
        Assert.Equal(1, experiment.Cycles[0].Rejections["dead_letter"]);
        Assert.Equal(24, experiment.Cycles[0].Finished);
    }

    [Fact]
    public async Task Handle_GenerateCommand_GivesUpAllItAskedFor()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        await _coordinator.Engine.AdvanceAsync(id, default);

        await HandleAsync("generator", new GenerateCommand { Experiment = id, Cycle = 0, FirstIndex = 8, Count = 8 });

        Assert.Equal(8, _coordinator.Get(id).Cycles[0].Rejections["dead_letter"]);
    }

    [Fact]
    public async Task Handle_GenerateCommandForMoreThanItsCycleHas_GivesUpWhatThereIs()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        await _coordinator.Engine.AdvanceAsync(id, default);

        await HandleAsync("generator", new GenerateCommand { Experiment = id, Cycle = 0, FirstIndex = 8, Count = int.MaxValue });

        Assert.Equal(16, _coordinator.Get(id).Cycles[0].Rejections["dead_letter"]);
    }

    [Fact]
    public async Task Handle_AnswerThatDiedHere_IsStillAnAnswer()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        await _coordinator.Engine.AdvanceAsync(id, default);

        await HandleAsync("coordinator", new CandidateGenerated { Candidate = CandidateIds.Of(id, 0, 0), Source = "x", Origin = new Origin() });

        var cycle = _coordinator.Get(id).Cycles[0];
        Assert.Equal((1, 0), (cycle.Generated, cycle.Finished));
    }

    [Fact]
    public async Task Handle_FineTuneCommand_GoesOnWithTheOldAdapter()
    {
        _pipeline.Swallow = m => m is FineTuneCommand;
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        while (_coordinator.Get(id).Stage != CycleStage.FineTuning)
            await _coordinator.StepAsync(id);

        await HandleAsync("finetuner", new FineTuneCommand { Experiment = id, Cycle = 0 });

        Assert.Contains("died on the queue 'finetuner'", _coordinator.Get(id).Message, StringComparison.Ordinal);
        Assert.Equal(CycleStage.Closed, _coordinator.Get(id).Stage);
    }

    [Fact]
    public Task Handle_Unreadable_IsPassedOver() =>
        _handler.HandleAsync(new DeadLetter("validator", "rejected", "foreign", new byte[] { 1, 2 }), Context, default);

    [Fact]
    public async Task Handle_WithoutItsParts_IsPassedOver()
    {
        IMessage[] messages =
            [new CandidateGenerated(), new CandidateValidated(), new CandidateTrained(), new CandidateJudged(), new CandidateRescored(), new RescoreCommand()];
        foreach (var message in messages)
        {
            await HandleAsync("coordinator", message);
            await HandleAsync("trainer", message);
        }
    }

    private static MessageContext Context => new("id", "key", false, 0, default);

    private Task HandleAsync(string queue, IMessage message) =>
        _handler.HandleAsync(new DeadLetter(queue, "delivery_limit", message.Descriptor.FullName, message.ToByteArray()), Context, default);
}

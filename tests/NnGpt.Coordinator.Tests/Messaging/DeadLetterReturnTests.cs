using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Messaging;
using NnGpt.Coordinator.Store;
using NnGpt.Coordinator.Tests.Running;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator.Tests.Messaging;

/// <summary>Dead letters are kept until somebody puts them back or discards them, and putting one back is as if it had never died.</summary>
public sealed class DeadLetterReturnTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly FakePipeline _pipeline = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CoordinatorProcess _coordinator;

    public DeadLetterReturnTests() => _coordinator = new CoordinatorProcess(_directory, _pipeline, _time);

    public void Dispose()
    {
        _coordinator.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Handle_Letter_IsKeptWithItsBodyBeyondTheProcess()
    {
        var message = new CandidateGenerated { Candidate = CandidateIds.Of("gone", 2, 7), Source = "x = 1\n" };
        await HandleAsync("validator", message);
        _coordinator.Dispose();

        using var later = CoordinatorStore.Open(_directory.Path);
        var letter = Assert.Single(later.Read(sql => sql.ListDeadLetters(10)).Letters);
        Assert.Equal(("validator", "delivery_limit", "key", "id", "nngpt.v1.CandidateGenerated"), (letter.Queue, letter.Reason, letter.RoutingKey, letter.MessageId, letter.Type));
        Assert.Equal(("gone-c02-007", 1, false, 1), (letter.Candidate, letter.Candidates, letter.Returnable, letter.Deaths));
        Assert.Equal(message, CandidateGenerated.Parser.ParseFrom(later.Read(sql => sql.FindDeadLetterBody(letter.Id))!.Body));
    }

    [Fact]
    public async Task Handle_LetterAgain_IsTheSameOneAndADeathMore()
    {
        var message = new CandidateGenerated { Candidate = CandidateIds.Of("gone", 0, 0), Source = "x" };
        await HandleAsync("validator", message);
        await HandleAsync("validator", message, redelivered: true);
        Assert.Equal(1, Assert.Single(Letters().Letters).Deaths);

        await HandleAsync("validator", message);
        await HandleAsync("trainer", message);

        Assert.Equal([1, 2], Letters().Letters.Select(letter => letter.Deaths).Order());
    }

    [Fact]
    public async Task Keep_TooManyOrTooLong_TheOldestMakeRoom()
    {
        await _coordinator.Store.WriteAsync(sql =>
        {
            for (int i = 0; i < DeadLetterTable.MaxLetters + 2; i++)
                sql.KeepDeadLetter(new DeadLetter("validator", "rejected", "foreign", BitConverter.GetBytes(i)), Context(), i);
            return true;
        }, TestContext.Current.CancellationToken);
        var kept = _coordinator.Store.Read(sql => sql.ListDeadLetters(DeadLetterTable.MaxLetters + 10));
        Assert.Equal((DeadLetterTable.MaxLetters, 2L), (kept.Count, kept.Letters.Min(letter => letter.Received.ToDateTimeOffset().ToUnixTimeMilliseconds())));

        byte[] large = new byte[DeadLetterTable.MaxBody];
        await _coordinator.Store.WriteAsync(sql =>
        {
            for (int i = 0; i < 5; i++)
                sql.KeepDeadLetter(new DeadLetter($"q{i}", "rejected", "foreign", large), Context(), 10_000 + i);
            sql.KeepDeadLetter(new DeadLetter("q", "rejected", "foreign", new byte[DeadLetterTable.MaxBody + 1]), Context(), 20_000);
            return true;
        }, TestContext.Current.CancellationToken);
        Assert.Equal(["q", "q4", "q3", "q2", "q1"], Letters().Letters.Select(letter => letter.Queue));
        Assert.False(_coordinator.Store.Read(sql => sql.FindDeadLetterBody(sql.ListDeadLetters(1).Letters[0].Id))!.Kept);
    }

    [Fact]
    public async Task Return_WhileItsCycleIsOpen_EndsAsIfItHadNotDied()
    {
        var lost = new List<IMessage>();
        _pipeline.Swallow = message => lost.Count == 0 && message is CandidateGenerated { Candidate: { Cycle: 0, Index: 3 } } && Add(lost, message);
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        while (lost.Count == 0)
            await _coordinator.StepAsync(id);
        await HandleAsync("validator", (IMessage)lost[0]);
        Assert.Equal(RejectionReason.DeadLetter, Find(id, 3).Lost);
        var letter = Assert.Single(Letters().Letters);
        Assert.True(letter.Returnable);

        Assert.Equal((true, null), await _coordinator.Engine.ReturnAsync(letter.Id, default));

        Assert.Empty(Letters().Letters);
        Assert.False(Find(id, 3).IsFinished);
        Assert.Equal((false, null), await _coordinator.Engine.ReturnAsync(letter.Id, default));
        ExperimentAssertions.AssertExact(await _coordinator.RunToEndAsync(id));
    }

    [Fact]
    public async Task Return_GenerateCommand_AsksForAllOfItAgain()
    {
        _pipeline.Swallow = message => message is GenerateCommand { FirstIndex: 8, Count: 8 };
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        await _coordinator.Engine.AdvanceAsync(id, default);
        await HandleAsync("generator", new GenerateCommand { Experiment = id, Cycle = 0, FirstIndex = 8, Count = 8 });
        Assert.Equal(8, _coordinator.Get(id).Cycles[0].Finished);

        Assert.Equal((true, null), await _coordinator.Engine.ReturnAsync(Assert.Single(Letters().Letters).Id, default));

        Assert.Equal(0, _coordinator.Get(id).Cycles[0].Finished);
        ExperimentAssertions.AssertExact(await _coordinator.RunToEndAsync(id));
    }

    [Fact]
    public async Task Return_WhereNothingWaitsForIt_SaysWhyAndKeepsIt()
    {
        _pipeline.Swallow = message => message is CandidateGenerated { Candidate: { Cycle: 0, Index: 3 } };
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        await _coordinator.StepAsync(id);
        await HandleAsync("validator", new CandidateGenerated { Candidate = CandidateIds.Of(id, 0, 3), Source = "x" });
        var end = await _coordinator.RunToEndAsync(id);
        await HandleAsync("validator", new CandidateGenerated { Candidate = CandidateIds.Of("none", 0, 3), Source = "x" });
        await Handler().HandleAsync(new DeadLetter("validator", "rejected", "foreign", new byte[] { 1, 2 }), Context(), default);

        var refusals = new List<string?>();
        foreach (var letter in Letters().Letters)
        {
            Assert.False(letter.Returnable);
            refusals.Add((await _coordinator.Engine.ReturnAsync(letter.Id, default)).Refusal);
        }

        Assert.Equal(
            new[] { "it is about no candidate, so that nothing waits for it", "there is no experiment 'none'", $"cycle 0 of {id} is closed, and what came of it stays" }.Order(),
            refusals.Order());
        Assert.Equal(3, Letters().Count);
        Assert.Equal(end, _coordinator.Get(id));
    }

    private static bool Add(List<IMessage> list, IMessage message)
    {
        list.Add(message);
        return true;
    }

    private static MessageContext Context(bool redelivered = false) => new("id", "key", redelivered, 0, default);

    private DeadLetterList Letters() => _coordinator.Store.Read(sql => sql.ListDeadLetters(10));

    private CandidateRow Find(string experiment, int index) => _coordinator.Store.Read(sql => sql.FindCandidate(CandidateIds.Of(experiment, 0, index).Id))!;

    private DeadLetterHandler Handler() => new(_coordinator.Engine, _coordinator.Store, new ExperimentChanges(), _time, NullLogger<DeadLetterHandler>.Instance);

    private Task HandleAsync(string queue, IMessage message, bool redelivered = false) =>
        Handler().HandleAsync(new DeadLetter(queue, "delivery_limit", message.Descriptor.FullName, message.ToByteArray()), Context(redelivered), default);
}

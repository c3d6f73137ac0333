using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NnGpt.Coordinator.Artifacts;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Grpc;
using NnGpt.Coordinator.Messaging;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Tests.Running;

/// <summary>A Coordinator whose background loops are taken step by step. Disposing it without more is its crash.</summary>
internal sealed class CoordinatorProcess : IDisposable
{
    private readonly FakePipeline _pipeline;
    private readonly FakeTimeProvider _time;
    private readonly OutboxPublisher _outbox;

    public CoordinatorProcess(TestDirectory directory, FakePipeline pipeline, FakeTimeProvider time, int resends = 3)
    {
        var options = Options.Create(new CoordinatorOptions { DataDirectory = directory.Path, Resends = resends });
        (_pipeline, _time) = (pipeline, time);
        Store = CoordinatorStore.Open(options);
        Artifacts = new ArtifactStore(options);
        Engine = new ExperimentEngine(
            Store, new FakeCorpusIndex(), new TrainingSetBuilder(new BaseCorpus(Artifacts), Artifacts), new ExperimentChanges(), options, time, NullLogger<ExperimentEngine>.Instance);
        _outbox = new OutboxPublisher(Store, pipeline, Engine, time, NullLogger<OutboxPublisher>.Instance);
    }

    public CoordinatorStore Store { get; }

    public ArtifactStore Artifacts { get; }

    public ExperimentEngine Engine { get; }

    public Experiment Get(string id) => Store.Read(sql => sql.DescribeExperiment(id))!;

    public async Task<string> StartAsync(string profile)
    {
        var outcome = await Engine.StartAsync(profile, "", null, default);
        Assert.Empty(outcome.Problems);
        return outcome.Id!;
    }

    /// <summary>Sends what is in the outbox, goes on as far as possible, delivers one message or lets time pass. False when nothing is left to do.</summary>
    public async Task<bool> StepAsync(string id)
    {
        await Engine.AdvanceAsync(id, default);
        await _outbox.PublishPendingAsync(default);
        if (!Store.Read(sql => sql.FindExperiment(id))!.IsActive)
            return false;
        if (!_pipeline.IsIdle)
        {
            await _pipeline.DeliverAsync(Engine);
        }
        else
        {
            _time.Advance(TimeSpan.FromHours(3));
            await Engine.LookForLostAsync(default);
        }
        return true;
    }

    public async Task<Experiment> RunToEndAsync(string id)
    {
        while (await StepAsync(id))
        {
        }
        return Get(id);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        Store.Dispose();
    }
}

using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Coordinator.Tests.Running;
using NnGpt.Corpus.Chat;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Tests.Cycles;

public sealed class LoopTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly FakePipeline _pipeline = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CoordinatorProcess _coordinator;

    public LoopTests() => _coordinator = new CoordinatorProcess(_directory, _pipeline, _time);

    public void Dispose()
    {
        _coordinator.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Run_OrderlyPipeline_CountsEveryCandidateOnce()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);

        var experiment = await _coordinator.RunToEndAsync(id);

        Assert.Equal("test-1", id);
        ExperimentAssertions.AssertExact(experiment);
        Assert.Equal([8, 8, 8, 8, 8, 4, 8, 8, 4], _pipeline.Generates.Select(g => g.Count));
        Assert.Equal(2, _pipeline.FineTunes.Count);
        Assert.Equal("", _pipeline.FineTunes[0].StartAdapterDigest);
        Assert.Equal("sha256:adapter-0", _pipeline.FineTunes[1].StartAdapterDigest);
        Assert.Equal([1.5, 0.5], experiment.Cycles[0].FineTuningLosses);
    }

    [Fact]
    public async Task Run_TrainingSet_HoldsAdmittedAndReplay()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        var experiment = await _coordinator.RunToEndAsync(id);

        var stored = _coordinator.Artifacts.Find(_pipeline.FineTunes[1].TrainingSetDigest)!;
        using var reader = File.OpenText(stored.Path);
        var pairs = ChatJsonl.Read(reader).ToList();

        int admitted = experiment.Cycles[0].Admitted + experiment.Cycles[1].Admitted;
        var own = pairs.Where(p => p.Assistant.StartsWith($"# {id}-c", StringComparison.Ordinal)).ToList();
        Assert.Equal(admitted, own.Count);
        Assert.Equal(Math.Round(admitted * 0.25), pairs.Count - own.Count);
        Assert.Equal(pairs.Count, pairs.Select(p => p.Id).Distinct().Count());
        Assert.Equal("application/jsonl", stored.MediaType);
    }

    [Fact]
    public async Task Run_FamilyShare_CutsTheTrainingSetToTheFamilysBest()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile.Replace("fine_tuning: {", "fine_tuning: { family_share: 0.5,", StringComparison.Ordinal));
        var experiment = await _coordinator.RunToEndAsync(id);

        // The fake networks are all of one family.
        Assert.All(experiment.Cycles, c => Assert.Equal((c.Scored, 1), (c.Families["other"], c.Families.Count)));
        using var reader = File.OpenText(_coordinator.Artifacts.Find(_pipeline.FineTunes[0].TrainingSetDigest)!.Path);
        var admitted = Enumerable.Range(0, experiment.Cycles[0].Requested).Select(i => CandidateIds.Of(id, 0, i).Id).Where(c => Fate.Of(c).AdmittedAt(0.45)).ToList();
        Assert.Equal(
            admitted.OrderByDescending(c => Fate.Of(c).Accuracy).Take((admitted.Count + 1) / 2).Select(Fate.SourceOf).Order(StringComparer.Ordinal),
            ChatJsonl.Read(reader).Select(p => p.Assistant).Where(text => text.StartsWith($"# {id}-c", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_LastCycleOver_RescoresTheBestAdmittedOnTheTestSplit()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        var experiment = await _coordinator.RunToEndAsync(id);

        var expected = experiment.Cycles
            .SelectMany(c => Enumerable.Range(0, c.Requested).Select(i => CandidateIds.Of(id, c.Number, i).Id))
            .Where(c => Fate.Of(c).AdmittedAt(0.45))
            .OrderByDescending(c => Fate.Of(c).Accuracy).ThenBy(c => Fate.Of(c).Parameters).ThenBy(c => c, StringComparer.Ordinal)
            .Take(2).ToList();
        Assert.Equal(expected.Order(), _pipeline.Rescores.Select(r => r.Candidate.Id).Distinct().Order());
        Assert.Equal(4, _pipeline.Rescores.Count);
        Assert.All(_pipeline.Rescores, r => Assert.Equal("test", r.Training.EvaluateOn));
        Assert.All(_pipeline.Rescores, r => Assert.NotEqual(5UL, r.Training.Seed));
        Assert.Equal(2, experiment.Best.Count(c => c.Rescored.Count == 2));
    }

    [Theory]
    [InlineData("never", 0)]
    [InlineData("once", 1)]
    [InlineData("every_cycle", 2)]
    public async Task Run_FineTuningSchedule_IsKept(string schedule, int times)
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile.Replace("fine_tuning: {", $"fine_tuning: {{ enabled: {schedule},", StringComparison.Ordinal));

        var experiment = await _coordinator.RunToEndAsync(id);

        Assert.Equal(times, _pipeline.FineTunes.Count);
        Assert.Equal(times == 0 ? "" : $"sha256:adapter-{times - 1}", experiment.Cycles[2].AdapterDigest);
    }

    [Fact]
    public async Task Run_FineTuningFails_GoesOnWithTheOldAdapterAndSaysSo()
    {
        _pipeline.FineTuningError = "the disk is full";
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);

        var experiment = await _coordinator.RunToEndAsync(id);

        Assert.Equal(ExperimentState.Completed, experiment.State);
        Assert.All(experiment.Cycles, c => Assert.Equal("", c.AdapterDigest));
        Assert.Contains("fine-tuning after cycle 1 failed, the adapter stays: the disk is full", experiment.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NothingAdmitted_GoesOnWithoutFineTuning()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile.Replace("accuracy_floor: 0.45", "accuracy_floor: 1", StringComparison.Ordinal));

        var experiment = await _coordinator.RunToEndAsync(id);

        Assert.Equal((ExperimentState.Completed, 3), (experiment.State, experiment.Cycles.Count));
        Assert.Empty(_pipeline.FineTunes);
        Assert.Empty(_pipeline.Rescores);
    }

    [Fact]
    public async Task Run_Quantile_RaisesTheThresholdWithTheScores()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile.Replace("accuracy_floor: 0.45", "accuracy_floor: 0.1, accuracy_quantile: 0.5", StringComparison.Ordinal));

        var experiment = await _coordinator.RunToEndAsync(id);

        var scored = Enumerable.Range(0, 24).Select(i => Fate.Of(CandidateIds.Of(id, 0, i).Id)).Where(f => f.Valid && f.Scored).Select(f => f.Accuracy).Order().ToArray();
        double median = (scored[(scored.Length - 1) / 2] + scored[scored.Length / 2]) / 2;
        Assert.Equal(0.1, experiment.Cycles[0].AccuracyThreshold);
        Assert.Equal(median, experiment.Cycles[1].AccuracyThreshold, 12);
    }

    [Fact]
    public async Task Run_MeanHasSettled_StopsEarly()
    {
        // Epsilon 1 can never be exceeded, and the shares of the fates lie in each other's intervals.
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile
            .Replace("count: 3", "count: 30", StringComparison.Ordinal)
            .Replace("stopping: { enabled: false }", "stopping: { epsilon: 1, patience: 3 }", StringComparison.Ordinal));

        var experiment = await _coordinator.RunToEndAsync(id);

        Assert.Equal(ExperimentState.Completed, experiment.State);
        Assert.InRange(experiment.Cycles.Count, 3, 12);
        Assert.Contains("have settled", experiment.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_InMidCycle_FinishesAndCountsTheCycleThenResumes()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        for (int i = 0; i < 20; i++)
            await _coordinator.StepAsync(id);

        await _coordinator.Engine.StopAsync(id, default);
        var stopped = await _coordinator.RunToEndAsync(id);

        Assert.Equal(ExperimentState.Stopped, stopped.State);
        Assert.Equal(24, Assert.Single(stopped.Cycles).Finished);
        Assert.Empty(_pipeline.FineTunes);

        await _coordinator.Engine.ResumeAsync(id, default);
        ExperimentAssertions.AssertExact(await _coordinator.RunToEndAsync(id));
        Assert.Equal("", _coordinator.Get(id).Message);
    }

    [Fact]
    public async Task Stop_DuringFineTuning_TakesTheAdapterAndStartsNoCycle()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        while (_pipeline.FineTunes.Count == 0)
            await _coordinator.StepAsync(id);

        await _coordinator.Engine.StopAsync(id, default);
        var stopped = await _coordinator.RunToEndAsync(id);

        Assert.Equal(ExperimentState.Stopped, stopped.State);
        Assert.Equal("sha256:adapter-0", Assert.Single(stopped.Cycles).NextAdapterDigest);
        await _coordinator.Engine.ResumeAsync(id, default);
        ExperimentAssertions.AssertExact(await _coordinator.RunToEndAsync(id));
    }

    [Fact]
    public async Task Run_CandidateWithoutAnswer_IsLostAfterTheResendsAndItsCycleCloses()
    {
        _pipeline.Swallow = m => m is CandidateGenerated { Candidate: { Cycle: 0, Index: 3 } };
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);

        var experiment = await _coordinator.RunToEndAsync(id);

        Assert.Equal((ExperimentState.Completed, 24, 23), (experiment.State, experiment.Cycles[0].Finished, experiment.Cycles[0].Generated));
        Assert.Equal(1, experiment.Cycles[0].Rejections["lost"]);
        Assert.Equal(23, experiment.Cycles[0].ValidRate.N);
        Assert.Equal(3, _pipeline.Generates.Count(g => g is { Cycle: 0, FirstIndex: 3, Count: 1 }));
    }

    [Fact]
    public async Task Run_NoCandidateComesBack_Fails()
    {
        _pipeline.Swallow = m => m is GenerateCommand;
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);

        var experiment = await _coordinator.RunToEndAsync(id);

        Assert.Equal(ExperimentState.Failed, experiment.State);
        Assert.Contains("no candidate of cycle 0 came back", experiment.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FineTuningAndRescoringWithoutAnswer_StillComplete()
    {
        _pipeline.Swallow = m => m is FineTuneCommand or RescoreCommand;
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);

        var experiment = await _coordinator.RunToEndAsync(id);

        Assert.Equal(ExperimentState.Completed, experiment.State);
        Assert.Contains("gave no answer", experiment.Message, StringComparison.Ordinal);
        Assert.All(experiment.Best.SelectMany(c => c.Rescored), r => Assert.Equal(RejectionReason.Lost, r.Reason));
    }

    [Fact]
    public async Task Start_TwoExperiments_RunBesideEachOther()
    {
        string first = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        string second = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        while (await _coordinator.StepAsync(first) | await _coordinator.StepAsync(second))
        {
        }

        Assert.Equal(("test-1", "test-2"), (first, second));
        ExperimentAssertions.AssertExact(_coordinator.Get(first));
        ExperimentAssertions.AssertExact(_coordinator.Get(second));
    }
}

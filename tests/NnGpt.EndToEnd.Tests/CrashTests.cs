using Grpc.Core;
using NnGpt.EndToEnd.Tests.Running;
using NnGpt.Protocol.V1;

namespace NnGpt.EndToEnd.Tests;

/// <summary>kill -9 of any service in mid-cycle: the AppHost starts it again and the final counts are those of an undisturbed run.</summary>
public sealed class CrashTests(SystemFixture fixture)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);

    // Each is killed while candidates of cycle 0 are on their way, the FineTuner while it works.
    private static readonly string[] s_killedAmongCandidates = ["generator", "validator", "trainer", "novelty", "coordinator", "rabbitmq", "redis"];

    [Fact]
    public async Task Kill9_OfEveryServiceInMidCycle_ChangesNoCount()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_deadline);
        var cancellationToken = limit.Token;

        var undisturbed = await RunAsync([], cancellationToken);
        var disturbed = await RunAsync(s_killedAmongCandidates, cancellationToken);

        Assert.Equal(ExperimentState.Completed, disturbed.Experiment.State);
        Assert.All(disturbed.Experiment.Cycles, cycle => Assert.Equal(cycle.Requested, cycle.Finished));
        Assert.Equal(Scores(undisturbed), Scores(disturbed));
        Assert.Equal(Counts(undisturbed.Experiment.Cycles[0]), Counts(disturbed.Experiment.Cycles[0]));
        Assert.DoesNotContain(disturbed.Candidates, candidate => Reason(candidate) is RejectionReason.Lost or RejectionReason.DeadLetter or RejectionReason.WorkerDied);
    }

    private static RejectionReason Reason(Candidate candidate) =>
        candidate.Validation is { Valid: false } invalid ? invalid.Reason : candidate.Training?.Reason ?? RejectionReason.Unspecified;

    // The first cycle is sampled from the base model by seeds alone, so each candidate must be the same to the last digit.
    private static string[] Scores(Run run) =>
    [
        .. run.Candidates
            .Where(candidate => candidate.Ref.Cycle == 0)
            .Select(candidate => $"{candidate.Ref.Index:000} seed {candidate.Origin.Seed} {candidate.Validation?.Valid} {candidate.Training?.Accuracy}")
            .Order(StringComparer.Ordinal),
    ];

    private static (int Generated, int Valid, int Scored, int Above) Counts(Cycle cycle) =>
        (cycle.Generated, cycle.Valid, cycle.Scored, cycle.AboveThreshold);

    private async Task<Run> RunAsync(string[] kill, CancellationToken cancellationToken)
    {
        string id = await fixture.StartExperimentAsync(SystemFixture.ProfileOfTests("crash"), cancellationToken);
        int finished = 0;
        foreach (string resource in kill)
        {
            int target = finished;
            var now = await WaitForAsync(
                id, $"progress before the {resource} is killed", experiment => experiment.Cycles is [{ } cycle, ..] && (cycle.Finished > target || cycle.Stage != CycleStage.Candidates), cancellationToken);
            finished = now.Cycles[0].Finished;
            await KillAsync(resource, cancellationToken);
        }

        if (kill.Length > 0)
        {
            await WaitForAsync(id, "the fine-tuning", experiment => experiment.Stage == CycleStage.FineTuning || experiment.Cycles.Count > 1, cancellationToken);
            await KillAsync("finetuner", cancellationToken);
        }

        var ended = await WaitForAsync(id, "the end", experiment => experiment.State is ExperimentState.Completed or ExperimentState.Failed, cancellationToken);
        return new Run(ended, await CandidatesAsync(id, cancellationToken));
    }

    private async Task KillAsync(string resource, CancellationToken cancellationToken)
    {
        var processes = fixture.System.ProcessIdsOf(resource);
        Assert.NotEmpty(processes);
        foreach (int process in processes)
        {
            RunningSystem.KillProcess(process);
        }

        await Eventually.TrueAsync(
            $"{resource} was started again",
            TimeSpan.FromMinutes(2),
            () => fixture.System.ProcessIdsOf(resource) is { Count: > 0 } now && !now.Intersect(processes).Any(),
            cancellationToken);
    }

    private async Task<Experiment> WaitForAsync(string id, string what, Func<Experiment, bool> condition, CancellationToken cancellationToken) =>
        await Eventually.GetAsync(
            what,
            s_deadline,
            async () =>
            {
                try
                {
                    using var channel = fixture.System.ConnectToCoordinator();
                    var client = new Experiments.ExperimentsClient(channel);
                    var experiment = await client.GetAsync(
                        new GetExperimentRequest { Id = id }, deadline: DateTime.UtcNow.AddSeconds(10), cancellationToken: cancellationToken);
                    return condition(experiment) ? experiment : null;
                }
                catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal)
                {
                    return null; // it was killed and is on its way back
                }
            },
            cancellationToken);

    private async Task<IReadOnlyList<Candidate>> CandidatesAsync(string id, CancellationToken cancellationToken)
    {
        using var channel = fixture.System.ConnectToCoordinator();
        var page = await new Experiments.ExperimentsClient(channel).ListCandidatesAsync(
            new ListCandidatesRequest { Experiment = id, PageSize = 1000, Cycle = -1 }, deadline: DateTime.UtcNow.AddSeconds(20), cancellationToken: cancellationToken);
        return page.Candidates;
    }

    private sealed record Run(Experiment Experiment, IReadOnlyList<Candidate> Candidates);
}

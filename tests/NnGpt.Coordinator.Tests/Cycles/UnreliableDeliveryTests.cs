using Microsoft.Extensions.Time.Testing;
using NnGpt.Coordinator.Tests.Running;

namespace NnGpt.Coordinator.Tests.Cycles;

/// <summary>Whatever is lost, repeated, reordered or interrupted: the final counts are exact.</summary>
public sealed class UnreliableDeliveryTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Run_LostRepeatedReorderedMessagesAndCrashes_CountsAreExact(int seed)
    {
        using var directory = new TestDirectory();
        var pipeline = new FakePipeline(seed, lose: 0.08, repeat: 0.25);
        var time = new FakeTimeProvider();
        var random = new Random(seed + 1_000);
        // So many resends that nothing is given up: giving up is another test.
        var coordinator = new CoordinatorProcess(directory, pipeline, time, resends: 100);
        try
        {
            string id = await coordinator.StartAsync(ExperimentAssertions.Profile);
            while (await coordinator.StepAsync(id))
            {
                if (random.NextDouble() < 0.02)
                {
                    coordinator.Dispose();
                    coordinator = new CoordinatorProcess(directory, pipeline, time, resends: 100);
                }
            }
            ExperimentAssertions.AssertExact(coordinator.Get(id));
        }
        finally
        {
            coordinator.Dispose();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_CrashAtEveryPublication_SendsWhatWasDecidedAndCountsExactly(bool afterTheBrokerTookIt)
    {
        using var directory = new TestDirectory();
        var pipeline = new FakePipeline();
        var time = new FakeTimeProvider();
        int crashed = -1;
        // Every new publication number crashes once: between the transaction and the publication, or between it and the deletion.
        pipeline.OnPublish = (number, taken) =>
        {
            if (taken == afterTheBrokerTookIt && number > crashed + 1)
            {
                crashed = number;
                throw new CrashException();
            }
        };
        // Nothing may be sent again by the watchdog: what a crash loses would be missing at the end.
        var coordinator = new CoordinatorProcess(directory, pipeline, time, resends: 0);
        int crashes = 0;
        try
        {
            string id = await coordinator.StartAsync(ExperimentAssertions.Profile);
            for (bool more = true; more;)
            {
                try
                {
                    more = await coordinator.StepAsync(id);
                }
                catch (CrashException)
                {
                    crashes++;
                    coordinator.Dispose();
                    coordinator = new CoordinatorProcess(directory, pipeline, time, resends: 0);
                }
            }
            ExperimentAssertions.AssertExact(coordinator.Get(id));
            Assert.InRange(crashes, 8, 100);
        }
        finally
        {
            coordinator.Dispose();
        }
    }

    private sealed class CrashException : Exception;
}

using NnGpt.Coordinator.Cycles;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Tests.Running;

internal static class ExperimentAssertions
{
    public const string Profile = """
        name: test
        seed: 5
        cycles: { count: 3, candidates: 20, first_cycle_candidates: 24, batch: 8 }
        corpus: { documents: 12 }
        admission: { accuracy_floor: 0.45 }
        fine_tuning: { examples: admitted, replay_share: 0.2 }
        stopping: { enabled: false }
        rescoring: { top: 2, seeds: 2 }
        """;

    /// <summary>Every figure of the three cycles of <see cref="Profile"/>, against the fates counted here.</summary>
    public static void AssertExact(Experiment experiment)
    {
        Assert.Equal(ExperimentState.Completed, experiment.State);
        Assert.Equal(3, experiment.Cycles.Count);
        foreach (var cycle in experiment.Cycles)
        {
            int requested = cycle.Number == 0 ? 24 : 20;
            var fates = Enumerable.Range(0, requested).Select(i => Fate.Of(CandidateIds.Of(experiment.Id, cycle.Number, i).Id)).ToList();
            int valid = fates.Count(f => f.Valid);
            int scored = fates.Count(f => f.Valid && f.Scored);
            int above = fates.Count(f => f.Valid && f.Scored && f.Accuracy >= 0.45);
            int admitted = fates.Count(f => f.AdmittedAt(0.45));
            Assert.Equal(CycleStage.Closed, cycle.Stage);
            Assert.Equal((requested, requested, requested, requested), (cycle.Requested, cycle.Generated, cycle.Validated, cycle.Finished));
            Assert.Equal((valid, scored, above), (cycle.Valid, cycle.Scored, cycle.AboveThreshold));
            Assert.Equal((admitted, admitted), (cycle.Novel, cycle.Admitted));
            Assert.Equal((requested, scored, scored), (cycle.ValidRate.N, cycle.AboveRate.N, cycle.MeanAccuracy.N));
            Assert.Equal(requested - scored, cycle.Rejections.Values.Sum());
            Assert.Equal(fates.Where(f => f.Valid && f.Scored).Average(f => f.Accuracy), cycle.MeanAccuracy.Value, 12);
            Assert.Equal(cycle.Number == 0 ? "" : $"sha256:adapter-{cycle.Number - 1}", cycle.AdapterDigest);
            Assert.Equal(cycle.Number == 2 ? "" : $"sha256:adapter-{cycle.Number}", cycle.NextAdapterDigest);
        }
    }
}

using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;

namespace NnGpt.Coordinator.Tests.Running;

internal sealed class FakeCorpusIndex : ICorpusIndex
{
    public List<string> Indexed { get; } = [];

    public Task IndexAsync(ExperimentRow experiment, CancellationToken cancellationToken)
    {
        Indexed.Add(experiment.Id);
        return Task.CompletedTask;
    }
}

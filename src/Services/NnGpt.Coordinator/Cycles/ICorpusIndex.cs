using NnGpt.Coordinator.Store;

namespace NnGpt.Coordinator.Cycles;

/// <summary>Where the base corpus is made known before the first cycle: the novelty service.</summary>
internal interface ICorpusIndex
{
    /// <summary>Returns when every document of the experiment's base corpus is indexed. Doing it again changes nothing.</summary>
    Task IndexAsync(ExperimentRow experiment, CancellationToken cancellationToken);
}

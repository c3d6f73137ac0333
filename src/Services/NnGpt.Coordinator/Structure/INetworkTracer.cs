using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Structure;

/// <summary>Where networks that are no candidates are traced: the validator service.</summary>
internal interface INetworkTracer
{
    /// <summary>The graph of a network under the experiment's task; an empty one when it is not valid there.</summary>
    Task<ComputationGraph> TraceAsync(ExperimentRow experiment, string source, CancellationToken cancellationToken);
}

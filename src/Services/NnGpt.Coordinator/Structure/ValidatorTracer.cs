using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Structure;

/// <summary>Asks the validator service.</summary>
internal sealed class ValidatorTracer(Validator.ValidatorClient client, TimeProvider time) : INetworkTracer
{
    // In the validator's queue are candidates, too.
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(2);

    public async Task<ComputationGraph> TraceAsync(ExperimentRow experiment, string source, CancellationToken cancellationToken)
    {
        var limits = experiment.Limits();
        var outcome = await client.ValidateAsync(
            new ValidateRequest { Source = source, Task = experiment.Task(), Limits = limits, GraphOnly = true },
            deadline: time.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(limits.ValidationSeconds) + s_grace,
            cancellationToken: cancellationToken);
        return outcome.Graph ?? new ComputationGraph();
    }
}

using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.ResourceService;

/// <summary>What the resource service tells of.</summary>
/// <param name="Runners">The processes.</param>
/// <param name="Changes">Told when the state of one has changed.</param>
internal sealed record DashboardServiceState(IReadOnlyList<ResourceRunner> Runners, ChangeSignal Changes);

namespace Aspire.Hosting.Orchestration;

/// <summary>What a runner needs of its orchestrator.</summary>
/// <param name="Prepare">Puts together the command with its environment.</param>
/// <param name="Probe">Null when running is being healthy.</param>
/// <param name="Reaper">Ends what is left when the AppHost dies.</param>
/// <param name="Show">Shows a line of a program: name, line.</param>
/// <param name="Say">Shows a line of the AppHost itself.</param>
/// <param name="Changed">The runner's state is another.</param>
internal sealed record RunnerServices(
    Func<CancellationToken, Task<ProcessCommand>> Prepare,
    IHealthProbe? Probe,
    GroupReaper Reaper,
    Action<string, string> Show,
    Action<string> Say,
    Action Changed);

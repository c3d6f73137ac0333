using NnGpt.Dashboard.Tests.Running;

[assembly: AssemblyFixture(typeof(DashboardFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace NnGpt.Dashboard.Tests.Running;

/// <summary>A dashboard before a Coordinator that holds one experiment whose every text is hostile.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    private FakeCoordinator? _coordinator;
    private DashboardProcess? _dashboard;

    internal FakeCoordinator Coordinator => _coordinator ?? throw new InvalidOperationException("not started");

    internal DashboardProcess Dashboard => _dashboard ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        _coordinator = await FakeCoordinator.StartAsync();
        _coordinator.Add(HostileExperiment.Create(), HostileExperiment.Candidates());
        _coordinator.Artifacts[HostileExperiment.AdapterDigest] = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];
        _dashboard = await DashboardProcess.StartAsync(_coordinator.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_dashboard is not null)
            await _dashboard.DisposeAsync();
        if (_coordinator is not null)
            await _coordinator.DisposeAsync();
    }
}

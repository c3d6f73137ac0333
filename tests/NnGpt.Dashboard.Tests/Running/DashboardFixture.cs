using Google.Protobuf;
using NnGpt.Dashboard.Tests.Running;
using NnGpt.Protocol.V1;

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
        _coordinator.Letters[1] = new DeadLetterBody { Type = CandidateGenerated.Descriptor.FullName, Body = HostileExperiment.Letter().ToByteString(), Kept = true };
        _coordinator.Letters[2] = new DeadLetterBody { Type = HostileExperiment.Markup, Body = ByteString.CopyFromUtf8($"{HostileExperiment.Markup}\0\u00ff"), Kept = true };
        _coordinator.Letters[3] = new DeadLetterBody { Type = CandidateGenerated.Descriptor.FullName, Body = ByteString.CopyFrom(0x0a, 0xff), Kept = true };
        _coordinator.Letters[4] = new DeadLetterBody { Type = CandidateGenerated.Descriptor.FullName };
        _coordinator.Families[HostileExperiment.Id] = new FamilyCounts { Corpus = { { "residual", 3 } }, Admitted = { { HostileExperiment.Markup, 1 } }, Untraced = 2 };
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

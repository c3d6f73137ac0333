using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Coordinator.Structure;
using NnGpt.Coordinator.Tests.Running;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Tests.Structure;

public sealed class ArchitectureFamiliesTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CoordinatorProcess _coordinator;

    public ArchitectureFamiliesTests() => _coordinator = new CoordinatorProcess(_directory, new FakePipeline(), _time);

    public void Dispose()
    {
        _coordinator.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task CountOf_BeforeAndAfterTracing_IsOfTheGraphsAlone()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        var end = await _coordinator.RunToEndAsync(id);
        var experiment = _coordinator.Store.Read(sql => sql.FindExperiment(id))!;
        var corpus = new BaseCorpus(_coordinator.Artifacts);
        var families = new ArchitectureFamilies(_coordinator.Store, corpus);

        var before = families.CountOf(experiment);
        await new CorpusStructures(_coordinator.Store, corpus, new Tracer(), _time, NullLogger<CorpusStructures>.Instance).GetAsync(experiment, TestContext.Current.CancellationToken);
        var after = families.CountOf(experiment);

        Assert.Equal((12, 0, 0), (before.Untraced, before.Invalid, before.Corpus.Count));
        Assert.Equal((0, 4), (after.Untraced, after.Invalid));
        Assert.Equal(new Dictionary<string, int> { ["convolutional"] = 4, ["other"] = 4 }, after.Corpus.OrderBy(family => family.Key).ToDictionary());
        // What a cycle's figures say of its scored candidates goes by the same graphs.
        Assert.Equal(new Dictionary<string, int> { ["other"] = end.Cycles.Sum(cycle => cycle.Admitted) }, after.Admitted.ToDictionary());
        Assert.Equal(after, new ArchitectureFamilies(_coordinator.Store, corpus).CountOf(experiment));
    }

    /// <summary>In turn: a network that is not valid, a convolutional one, one of no family.</summary>
    private sealed class Tracer : INetworkTracer
    {
        private int _calls;

        public Task<ComputationGraph> TraceAsync(ExperimentRow experiment, string source, CancellationToken cancellationToken)
        {
            var graph = FakeGraph.Of(0);
            switch (Interlocked.Increment(ref _calls) % 3)
            {
                case 0:
                    graph = new ComputationGraph();
                    break;
                case 1:
                    graph.Nodes[1].Op = "conv2d";
                    break;
            }
            return Task.FromResult(graph);
        }
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Coordinator.Structure;
using NnGpt.Coordinator.Tests.Running;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Tests.Structure;

/// <summary>Graphs are kept, and every admitted candidate gets its class against what came before it.</summary>
public sealed class StructureWorkerTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CoordinatorProcess _coordinator;

    public StructureWorkerTests() => _coordinator = new CoordinatorProcess(_directory, new FakePipeline(), _time);

    public void Dispose()
    {
        _coordinator.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Classify_AfterARun_ComparesEachWithTheCorpusAndWhatWasAdmittedBefore()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        await _coordinator.RunToEndAsync(id);
        var tracer = new CountingTracer();

        await NewWorker(tracer).ClassifyAsync(id, TestContext.Current.CancellationToken);

        var experiment = _coordinator.Get(id);
        foreach (var cycle in experiment.Cycles)
            Assert.Equal(cycle.Admitted, cycle.Structures.Copies + cycle.Structures.NearDuplicates + cycle.Structures.Recombinations + cycle.Structures.NewMotifs);
        var rows = _coordinator.Store.Read(sql => sql.ListAdmitted(id));
        Assert.NotEmpty(rows);
        Assert.Equal(Enumerable.Range(0, rows.Count), rows.Select(row => row.Structure!.Admitted));
        Assert.All(rows, row => Assert.Equal(tracer.Calls, row.Structure!.Corpus));
        // Seven graphs in all, one of them the corpus': whoever comes later with one of them is a copy.
        Assert.InRange(rows.Count(row => row.Structure!.Class != StructureClass.Copy), 1, 6);
    }

    [Fact]
    public async Task Classify_ByANewProcess_TracesNothingAgain()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        await _coordinator.RunToEndAsync(id);
        var first = new CountingTracer();
        var second = new CountingTracer();

        await NewWorker(first).ClassifyAsync(id, TestContext.Current.CancellationToken);
        string later = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        await _coordinator.RunToEndAsync(later);
        await NewWorker(second).ClassifyAsync(later, TestContext.Current.CancellationToken);

        Assert.NotEqual(0, first.Calls);
        Assert.Equal(0, second.Calls);
        Assert.All(_coordinator.Store.Read(sql => sql.ListAdmitted(later)), row => Assert.NotNull(row.Structure));
    }

    [Fact]
    public async Task Store_KeepsGraphsApartFromOutcomes()
    {
        string id = await _coordinator.StartAsync(ExperimentAssertions.Profile);
        await _coordinator.RunToEndAsync(id);

        foreach (var row in _coordinator.Store.Read(sql => sql.ListOutcomes(id, 0)))
        {
            Assert.Null(row.Validation?.Graph);
            Assert.Equal(row.Validation is { Valid: true } ? FakeGraph.Of(row.Index) : null, _coordinator.Store.Read(sql => sql.FindGraph(row.Id)));
        }
    }

    private StructureWorker NewWorker(INetworkTracer tracer) => new(
        _coordinator.Store, _coordinator.Engine, new ExperimentChanges(),
        new CorpusStructures(_coordinator.Store, new BaseCorpus(_coordinator.Artifacts), tracer, _time, NullLogger<CorpusStructures>.Instance), _time, NullLogger<StructureWorker>.Instance);

    private sealed class CountingTracer : INetworkTracer
    {
        private int _calls;

        public int Calls => _calls;

        public Task<ComputationGraph> TraceAsync(ExperimentRow experiment, string source, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return Task.FromResult(FakeGraph.Of(0));
        }
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Novelty.Structure;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Structure;

/// <summary>The structures of an experiment's base corpus. A document is traced once for a task; its graph is kept in the store.</summary>
internal sealed partial class CorpusStructures(
    CoordinatorStore store, BaseCorpus corpus, INetworkTracer tracer, TimeProvider time, ILogger<CorpusStructures> logger)
{
    // Graphs that another tracer made are of no use: this is its version.
    private const string Tracer = "1";
    private const int Batch = 64;

    // Few at once: the candidates of the running cycle are validated by the same workers.
    private const int Outstanding = 2;

    private readonly Dictionary<(object Corpus, string Dataset), IReadOnlyList<(string Id, NetworkStructure Structure)>> _made = [];

    /// <summary>Not for concurrent use. Documents that are not valid under the task, or too large to be recorded, are left out.</summary>
    public async Task<IReadOnlyList<(string Id, NetworkStructure Structure)>> GetAsync(ExperimentRow experiment, CancellationToken cancellationToken)
    {
        var key = (experiment.Profile.Corpus, experiment.Profile.Task.Dataset);
        if (_made.TryGetValue(key, out var made))
            return made;
        long start = time.GetTimestamp();
        int traced = 0;
        var structures = new List<(string, NetworkStructure)>();
        foreach (var batch in corpus.Documents(experiment.Profile.Corpus).Chunk(Batch))
        {
            byte[][] keys = [.. batch.Select(document => KeyOf(experiment, document.Source))];
            var graphs = store.Read(sql => keys.Select(sql.FindCorpusGraph).ToArray());
            int[] missing = [.. Enumerable.Range(0, graphs.Length).Where(i => graphs[i] is null)];
            if (missing.Length > 0)
            {
                var found = new ConcurrentDictionary<int, ComputationGraph>();
                await Parallel.ForEachAsync(
                    missing,
                    new ParallelOptions { MaxDegreeOfParallelism = Outstanding, CancellationToken = cancellationToken },
                    async (i, token) => found[i] = await tracer.TraceAsync(experiment, batch[i].Source, token));
                await store.WriteAsync(sql =>
                {
                    foreach (var (i, graph) in found)
                        sql.SaveCorpusGraph(keys[i], graph);
                    return true;
                }, cancellationToken);
                foreach (var (i, graph) in found)
                    graphs[i] = graph;
                traced += missing.Length;
            }
            for (int i = 0; i < batch.Length; i++)
            {
                if (NetworkStructure.Of(graphs[i]!) is { } structure)
                    structures.Add((batch[i].Id, structure));
            }
        }
        Ready(logger, experiment.Id, structures.Count, traced, time.GetElapsedTime(start).TotalSeconds);
        return _made[key] = structures;
    }

    /// <summary>Where the store has the graph of a network of the base corpus.</summary>
    internal static byte[] KeyOf(ExperimentRow experiment, string source) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Tracer}\n{experiment.Profile.Task.Dataset}\n{source}"));

    [LoggerMessage(350, LogLevel.Information, "{Experiment}: structures of {Count} corpus networks, {Traced} of them traced now, in {Seconds:F1} s")]
    private static partial void Ready(ILogger logger, string experiment, int count, int traced, double seconds);
}

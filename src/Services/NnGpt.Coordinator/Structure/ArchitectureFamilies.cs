using System.Collections.Concurrent;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Novelty.Structure;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Structure;

/// <summary>The families of the base corpus and of what was admitted, both by the graphs that were traced.</summary>
internal sealed class ArchitectureFamilies(CoordinatorStore store, BaseCorpus corpus)
{
    private const string Invalid = "";

    // A corpus does not change, and a graph once traced stays: what is known of a document is known for good.
    private readonly ConcurrentDictionary<(object Corpus, string Dataset), ConcurrentDictionary<string, string>> _known = new();

    public FamilyCounts CountOf(ExperimentRow experiment)
    {
        var counts = new FamilyCounts();
        var known = _known.GetOrAdd((experiment.Profile.Corpus, experiment.Profile.Task.Dataset), _ => new(StringComparer.Ordinal));
        var documents = corpus.Documents(experiment.Profile.Corpus);
        store.Read(sql =>
        {
            foreach (var document in documents.Where(document => !known.ContainsKey(document.Id)))
            {
                if (sql.FindCorpusGraph(CorpusStructures.KeyOf(experiment, document.Source)) is { } graph)
                    known[document.Id] = graph.Nodes.Count == 0 && !graph.Truncated ? Invalid : ArchitectureFamily.Of(graph);
            }
            foreach (var candidate in sql.ListAdmitted(experiment.Id))
                Add(counts.Admitted, candidate.Validation is { Family.Length: > 0 } validation ? validation.Family : FamilyOf(sql.FindGraph(candidate.Id)));
            return true;
        });
        foreach (var document in documents)
        {
            if (!known.TryGetValue(document.Id, out string? family))
                counts.Untraced++;
            else if (family == Invalid)
                counts.Invalid++;
            else
                Add(counts.Corpus, family);
        }
        return counts;
    }

    // Of candidates that were validated before the family was kept with them.
    private static string FamilyOf(ComputationGraph? graph) => ArchitectureFamily.Of(graph ?? new ComputationGraph());

    private static void Add(IDictionary<string, int> counts, string family) =>
        counts[family] = counts.TryGetValue(family, out int count) ? count + 1 : 1;
}

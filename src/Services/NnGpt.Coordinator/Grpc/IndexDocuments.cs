using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Grpc;

/// <summary>What the novelty service has to know of an experiment.</summary>
internal static class IndexDocuments
{
    public static IEnumerable<IndexDocument> Of(ExperimentRow experiment, BaseCorpus corpus)
    {
        var admission = experiment.Admission(experiment.Profile.Admission.AccuracyFloor);
        return corpus.Documents(experiment.Profile.Corpus).Select(document =>
            new IndexDocument { Experiment = experiment.Id, Id = document.Id, Source = document.Source, Admission = admission });
    }

    public static IndexDocument Of(ExperimentRow experiment, CandidateRow admitted) => new()
    {
        Experiment = experiment.Id,
        Id = admitted.Id,
        Source = admitted.Source ?? "",
        Admission = experiment.Admission(experiment.Profile.Admission.AccuracyFloor),
        Admitted = true,
        Cycle = admitted.Cycle,
    };
}

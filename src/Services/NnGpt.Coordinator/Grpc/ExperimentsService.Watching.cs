using Grpc.Core;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Grpc;

/// <summary>What pages ask for: everything at once, then what changes.</summary>
internal sealed partial class ExperimentsService
{
    private const int CandidatesInMessage = 500;

    public override Task WatchAll(ListExperimentsRequest request, IServerStreamWriter<ListSummariesResponse> responseStream, ServerCallContext context) =>
        changes.SubscribeToAll().TellAsync(context, time, lifetime, async cancellationToken =>
        {
            var response = new ListSummariesResponse();
            response.Experiments.Add(store.Read(sql => sql.ListExperiments().Select(sql.Summarise).ToList()));
            await responseStream.WriteAsync(response, cancellationToken);
            return true;
        });

    public override Task WatchCandidates(GetExperimentRequest request, IServerStreamWriter<CandidateChanges> responseStream, ServerCallContext context)
    {
        long seen = 0;
        return changes.Subscribe(request.Id).TellAsync(context, time, lifetime, async cancellationToken =>
        {
            while (true)
            {
                var (active, changed, rescored) = store.Read(sql => (
                    (sql.FindExperiment(request.Id) ?? throw Unknown(request.Id)).IsActive,
                    sql.ListChanged(request.Id, seen, CandidatesInMessage),
                    sql.ListRescored(request.Id)));
                bool complete = changed.Count < CandidatesInMessage;
                var message = new CandidateChanges { Complete = complete };
                message.Candidates.Add(changed.Select(c => ExperimentMessages.DescribeBriefly(c.Row, rescored[c.Row.Id])));
                if (changed.Count > 0)
                    seen = changed[^1].Revision;
                if (changed.Count > 0 || seen == 0)
                    await responseStream.WriteAsync(message, cancellationToken);
                if (complete)
                    return active;
            }
        });
    }

    public override Task<CandidateGenerated> GetCandidateTask(GetCandidateRequest request, ServerCallContext context) => Task.FromResult(store.Read(sql =>
    {
        var row = sql.FindCandidate(request.Id) ?? throw Error(StatusCode.NotFound, $"There is no candidate '{request.Id}'.");
        var experiment = sql.FindExperiment(row.Experiment) ?? throw Unknown(row.Experiment);
        return CycleCommands.Generated(experiment, sql.ListCycles(experiment.Id)[row.Cycle], row);
    }));

    public override Task<Document> GetDocument(GetDocumentRequest request, ServerCallContext context)
    {
        var experiment = store.Read(sql => sql.FindExperiment(request.Experiment)) ?? throw Unknown(request.Experiment);
        var document = baseCorpus.Documents(experiment.Profile.Corpus).FirstOrDefault(d => d.Id == request.Id)
            ?? throw Error(StatusCode.NotFound, $"The base corpus of '{request.Experiment}' has no document '{request.Id}'.");
        return Task.FromResult(new Document { Id = document.Id, Source = document.Source });
    }
}

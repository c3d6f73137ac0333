using System.Globalization;
using Grpc.Core;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Coordinator.Structure;
using NnGpt.Corpus.Chat;
using NnGpt.Experiments.Profiles;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Grpc;

internal sealed partial class ExperimentsService(
    ExperimentEngine engine, CoordinatorStore store, BaseCorpus baseCorpus, ArchitectureFamilies families, ExperimentChanges changes, TimeProvider time, IHostApplicationLifetime lifetime)
    : Protocol.V1.Experiments.ExperimentsBase
{
    private const int MaxProfileCharacters = 256 * 1024;

    public override async Task<Experiment> Start(StartExperimentRequest request, ServerCallContext context)
    {
        if (request.Profile.Length > MaxProfileCharacters)
            throw Error(StatusCode.InvalidArgument, $"The profile is {request.Profile.Length} characters long; at most {MaxProfileCharacters}.");
        if (ExperimentProfile.Parse(request.Profile).Profile is { } profile && baseCorpus.Check(profile.Corpus) is { } problem)
            throw Error(StatusCode.InvalidArgument, problem.ToString());
        var outcome = await engine.StartAsync(request.Profile, request.Name, request.HasSeed ? request.Seed : null, context.CancellationToken);
        if (outcome.Problems.Count > 0)
            throw Error(StatusCode.InvalidArgument, string.Join("\n", outcome.Problems));
        return outcome.NameTaken
            ? throw Error(StatusCode.AlreadyExists, $"There is an experiment '{request.Name}' already.")
            : Find(outcome.Id!);
    }

    public override Task<ListExperimentsResponse> List(ListExperimentsRequest request, ServerCallContext context)
    {
        var response = new ListExperimentsResponse();
        response.Experiments.Add(store.Read(sql => sql.ListExperiments().Select(e => sql.DescribeExperiment(e.Id)!).ToList()));
        return Task.FromResult(response);
    }

    public override Task<Experiment> Get(GetExperimentRequest request, ServerCallContext context) => Task.FromResult(Find(request.Id));

    public override async Task Watch(GetExperimentRequest request, IServerStreamWriter<Experiment> responseStream, ServerCallContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        // Subscribed before the first look, so that no change falls in between.
        using var subscription = changes.Subscribe(request.Id);
        try
        {
            while (true)
            {
                var experiment = Find(request.Id);
                await responseStream.WriteAsync(experiment, either.Token);
                if (experiment.State is ExperimentState.Stopped or ExperimentState.Completed or ExperimentState.Failed)
                    return;
                await subscription.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw Error(StatusCode.Unavailable, "The Coordinator is stopping; watch again when it is back.");
        }
    }

    public override async Task<Experiment> Stop(GetExperimentRequest request, ServerCallContext context) =>
        await engine.StopAsync(request.Id, context.CancellationToken) ? Find(request.Id) : throw Unknown(request.Id);

    public override async Task<Experiment> Resume(GetExperimentRequest request, ServerCallContext context) =>
        await engine.ResumeAsync(request.Id, context.CancellationToken) ? Find(request.Id) : throw Unknown(request.Id);

    public override Task<ListCandidatesResponse> ListCandidates(ListCandidatesRequest request, ServerCallContext context)
    {
        int size = request.PageSize == 0 ? 100 : request.PageSize;
        if (size is < 1 or > 1_000)
            throw Error(StatusCode.InvalidArgument, $"page_size is {request.PageSize}; it must be in 1..1000.");
        if (request.OrderBy is not ("" or "id" or "accuracy"))
            throw Error(StatusCode.InvalidArgument, $"order_by is '{request.OrderBy}'; it must be id or accuracy.");
        long offset = 0;
        if (request.PageToken.Length > 0 && !(long.TryParse(request.PageToken, NumberStyles.None, CultureInfo.InvariantCulture, out offset) && offset >= 0))
            throw Error(StatusCode.InvalidArgument, "page_token is none that this service has given.");
        return Task.FromResult(store.Read(sql =>
        {
            if (sql.FindExperiment(request.Experiment) is null)
                throw Unknown(request.Experiment);
            var rescored = sql.ListRescored(request.Experiment);
            var page = sql.PageCandidates(request, size + 1, offset);
            var response = new ListCandidatesResponse();
            response.Candidates.Add(page.Take(size).Select(c => ExperimentMessages.Describe(c, rescored[c.Id], withSource: false)));
            if (page.Count > size)
                response.NextPageToken = (offset + size).ToString(CultureInfo.InvariantCulture);
            return response;
        }));
    }

    public override Task<Candidate> GetCandidate(GetCandidateRequest request, ServerCallContext context) => Task.FromResult(store.Read(sql =>
    {
        if (sql.FindCandidate(request.Id) is not { } row)
            throw Error(StatusCode.NotFound, $"There is no candidate '{request.Id}'.");
        var candidate = ExperimentMessages.Describe(row, sql.ListRescored(row.Experiment)[row.Id], withSource: true);
        candidate.Graph = sql.FindGraph(row.Id);
        return candidate;
    }));

    public override async Task GetCorpus(GetExperimentRequest request, IServerStreamWriter<CorpusPair> responseStream, ServerCallContext context)
    {
        var (experiment, admitted) = store.Read(sql => (sql.FindExperiment(request.Id) ?? throw Unknown(request.Id), sql.ListAdmitted(request.Id)));
        var prompt = TrainingSetBuilder.PromptOf(experiment);
        foreach (var candidate in admitted)
        {
            string json = ChatJsonl.Format(prompt.Answer(candidate.Source ?? ""));
            await responseStream.WriteAsync(new CorpusPair { Id = candidate.Id, Json = json }, context.CancellationToken);
        }
    }

    public override async Task GetIndexDocuments(
        GetExperimentRequest request, IServerStreamWriter<IndexDocument> responseStream, ServerCallContext context)
    {
        var (experiment, admitted) = store.Read(sql => (sql.FindExperiment(request.Id) ?? throw Unknown(request.Id), sql.ListAdmitted(request.Id)));
        foreach (var document in IndexDocuments.Of(experiment, baseCorpus))
            await responseStream.WriteAsync(document, context.CancellationToken);
        foreach (var candidate in admitted)
            await responseStream.WriteAsync(IndexDocuments.Of(experiment, candidate), context.CancellationToken);
    }

    public override Task<FamilyCounts> GetFamilies(GetExperimentRequest request, ServerCallContext context) =>
        Task.FromResult(families.CountOf(store.Read(sql => sql.FindExperiment(request.Id)) ?? throw Unknown(request.Id)));

    private Experiment Find(string id) => store.Read(sql => sql.DescribeExperiment(id)) ?? throw Unknown(id);

    private static RpcException Unknown(string id) => Error(StatusCode.NotFound, $"There is no experiment '{id}'.");

    private static RpcException Error(StatusCode code, string message) => new(new Status(code, message));
}

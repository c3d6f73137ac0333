using Grpc.Core;
using NnGpt.Novelty;
using NnGpt.NoveltyIndex.Judging;
using NnGpt.Protocol.V1;
using StackExchange.Redis;

namespace NnGpt.NoveltyIndex.Grpc;

internal sealed class NoveltyService(RedisNoveltyIndex index, CandidateJudge judge, IndexRecovery recovery) : Protocol.V1.Novelty.NoveltyBase
{
    private const int Outstanding = 64;

    public override Task<IndexStats> IndexCorpus(IAsyncStreamReader<IndexDocument> requestStream, ServerCallContext context) =>
        CallAsync(async () =>
        {
            string experiment = "", epoch = "";
            var settings = new NoveltySettings();
            var adding = new Queue<Task<AddOutcome>>();
            await foreach (var document in requestStream.ReadAllAsync(context.CancellationToken))
            {
                Require(document.Experiment, "experiment");
                Require(document.Id, "id");
                if (experiment.Length == 0)
                {
                    experiment = document.Experiment;
                    settings = document.Admission.ToNoveltySettings();
                    epoch = (await index.OpenAsync(experiment, context.CancellationToken)).Epoch;
                }
                if (experiment != document.Experiment)
                    throw new RpcException(new Status(StatusCode.InvalidArgument, "One call indexes the corpus of one experiment."));
                adding.Enqueue(index.AddAsync(
                    experiment, epoch, new IndexedDocument(DocumentKind.Corpus, document.Id, document.Source), settings, context.CancellationToken));
                if (adding.Count == Outstanding)
                    RequireKept(await adding.Dequeue());
            }
            foreach (var outcome in await Task.WhenAll(adding))
                RequireKept(outcome);
            if (experiment.Length == 0)
                return new IndexStats();
            await recovery.FillAsync(experiment, settings, even: true, context.CancellationToken);
            return await StatsAsync(experiment, context.CancellationToken);
        });

    public override Task<NoveltyOutcome> Query(QueryRequest request, ServerCallContext context) => CallAsync(async () =>
    {
        Require(request.Experiment, "experiment");
        return await judge.QueryAsync(request.Experiment, request.Source, request.Admission, context.CancellationToken)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"There is no experiment '{request.Experiment}'."));
    });

    public override Task<NoveltyOutcome> AdmitIfNovel(AdmitRequest request, ServerCallContext context) => CallAsync(() =>
    {
        Require(request.Candidate?.Experiment, "candidate.experiment");
        Require(request.Candidate?.Id, "candidate.id");
        return judge.JudgeAsync(request.Candidate!, request.Source, request.Accuracy, request.Admission, context.CancellationToken);
    });

    public override Task<IndexStats> GetStats(IndexStatsRequest request, ServerCallContext context) =>
        CallAsync(() => StatsAsync(request.Experiment, context.CancellationToken));

    private static void Require(string? value, string field)
    {
        if (string.IsNullOrEmpty(value))
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"{field} is empty."));
    }

    private static void RequireKept(AddOutcome outcome)
    {
        if (outcome == AddOutcome.IndexLost)
            throw new RpcException(new Status(StatusCode.Unavailable, "Redis lost the index while it was filled: index the corpus again."));
    }

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"{e.ParamName} is out of range."));
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"Redis does not answer: {e.Message}"));
        }
    }

    private async Task<IndexStats> StatsAsync(string experiment, CancellationToken cancellationToken)
    {
        var stats = await index.GetStatsAsync(experiment, cancellationToken);
        return new IndexStats { Experiment = experiment, Corpus = stats.Corpus, Admitted = stats.Admitted };
    }
}

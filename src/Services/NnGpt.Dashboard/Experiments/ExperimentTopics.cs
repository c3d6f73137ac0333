using System.Runtime.CompilerServices;
using System.Text.Json;
using Grpc.Core;
using NnGpt.Dashboard.Live;
using NnGpt.Protocol.V1;

namespace NnGpt.Dashboard.Experiments;

/// <summary>The Coordinator's streams.</summary>
internal sealed class ExperimentTopics(Protocol.V1.Experiments.ExperimentsClient client)
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ExperimentTopics>();
        services.AddLiveTopic("experiments", provider => (_, cancel) => provider.GetRequiredService<ExperimentTopics>().WatchAllAsync(cancel));
        services.AddLiveTopic("experiment", provider => provider.GetRequiredService<ExperimentTopics>().WatchAsync);
        services.AddLiveTopic("candidates", provider => provider.GetRequiredService<ExperimentTopics>().WatchCandidatesAsync);
    }

    private async IAsyncEnumerable<string> WatchAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = client.WatchAll(new ListExperimentsRequest(), cancellationToken: cancellationToken);
        await foreach (var list in call.ResponseStream.ReadAllAsync(cancellationToken))
            yield return ProtocolJson.Of(list);
    }

    private async IAsyncEnumerable<string> WatchAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = client.Watch(new GetExperimentRequest { Id = id }, cancellationToken: cancellationToken);
        await foreach (var experiment in call.ResponseStream.ReadAllAsync(cancellationToken))
            yield return ProtocolJson.Of(experiment);
    }

    private async IAsyncEnumerable<string> WatchCandidatesAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = client.WatchCandidates(new GetExperimentRequest { Id = id }, cancellationToken: cancellationToken);
        bool first = true;
        await foreach (var changes in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            yield return JsonSerializer.Serialize(
                new CandidateRows(first, changes.Complete, changes.Candidates.Select(CandidateRow.Of)), CandidateJson.Default.CandidateRows);
            first = false;
        }
    }
}

using Grpc.Core;
using NnGpt.Corpus.Prompts;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Statistics;
using NnGpt.Protocol.V1;

namespace NnGpt.Dashboard.Experiments;

/// <summary>Where candidates come from: the prompt they answer, and the families of the corpus they learn from.</summary>
internal static class LineageEndpoints
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);

    public static void MapLineage(this IEndpointRouteBuilder api)
    {
        api.MapGet("candidates/{id}/prompt", PromptAsync);
        api.MapGet("experiments/{id}/families", FamiliesAsync);
    }

    // The Generator makes the prompt of the task's figures; made again here, it is the same to the letter.
    private static async Task<IResult> PromptAsync(string id, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken)
    {
        var task = await client.GetCandidateTaskAsync(new GetCandidateRequest { Id = id }, deadline: DateTime.UtcNow + s_deadline, cancellationToken: cancellationToken);
        return DesignTask.Of(task.Task.Dataset, checked((int)task.Limits.Parameters)) is { } design
            ? Results.Json(DesignPrompt.For(design, task.Task.Prompt == "full" ? PromptWording.Full : PromptWording.Short))
            : Results.Problem($"The data set '{task.Task.Dataset}' is not in the catalogue.", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> FamiliesAsync(string id, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, (int Corpus, int Admitted)>(StringComparer.Ordinal);
        using var call = client.GetIndexDocuments(new GetExperimentRequest { Id = id }, deadline: DateTime.UtcNow + s_deadline, cancellationToken: cancellationToken);
        await foreach (var document in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            string family = SourceTraits.Of(new CorpusRecord(document.Id, document.Source)).Family;
            var (corpus, admitted) = counts.GetValueOrDefault(family);
            counts[family] = document.Admitted ? (corpus, admitted + 1) : (corpus + 1, admitted);
        }
        return Results.Json(counts.Select(pair => new FamilyCount(pair.Key, pair.Value.Corpus, pair.Value.Admitted)).OrderByDescending(family => family.Corpus + family.Admitted));
    }

    private sealed record FamilyCount(string Family, int Corpus, int Admitted);
}

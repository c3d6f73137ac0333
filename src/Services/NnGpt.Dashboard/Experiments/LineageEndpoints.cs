using NnGpt.Corpus.Prompts;
using NnGpt.Protocol.V1;

namespace NnGpt.Dashboard.Experiments;

/// <summary>Where candidates come from: the prompt they answer, and the families of the corpus they learn from.</summary>
internal static class LineageEndpoints
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);

    public static void MapLineage(this IEndpointRouteBuilder api)
    {
        api.MapGet("candidates/{id}/prompt", PromptAsync);
        api.MapGet("experiments/{id}/families", async (string id, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken) =>
            ProtocolJson.Result(await client.GetFamiliesAsync(new GetExperimentRequest { Id = id }, deadline: DateTime.UtcNow + s_deadline, cancellationToken: cancellationToken)));
    }

    // The Generator makes the prompt of the task's figures; made again here, it is the same to the letter.
    private static async Task<IResult> PromptAsync(string id, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken)
    {
        var task = await client.GetCandidateTaskAsync(new GetCandidateRequest { Id = id }, deadline: DateTime.UtcNow + s_deadline, cancellationToken: cancellationToken);
        return DesignTask.Of(task.Task.Dataset, checked((int)task.Limits.Parameters)) is { } design
            ? Results.Json(DesignPrompt.For(design, task.Task.Prompt == "full" ? PromptWording.Full : PromptWording.Short))
            : Results.Problem($"The data set '{task.Task.Dataset}' is not in the catalogue.", statusCode: StatusCodes.Status404NotFound);
    }
}

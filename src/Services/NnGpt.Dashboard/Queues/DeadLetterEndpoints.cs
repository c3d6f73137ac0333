using System.Runtime.CompilerServices;
using Grpc.Core;
using NnGpt.Dashboard.Experiments;
using NnGpt.Dashboard.Live;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Grpc;

namespace NnGpt.Dashboard.Queues;

/// <summary>The dead letters that the Coordinator keeps: to look at, to put back, to discard.</summary>
internal static class DeadLetterEndpoints
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    public static void AddDeadLetters(this IHostApplicationBuilder builder)
    {
        builder.AddServiceClient<DeadLetters.DeadLettersClient>("coordinator");
        builder.Services.AddLiveTopic("dead-letters", provider => (_, cancel) => WatchAsync(provider.GetRequiredService<DeadLetters.DeadLettersClient>(), cancel));
    }

    public static void MapDeadLetters(this WebApplication app)
    {
        var api = app.MapGroup("/api/dead-letters/{id:long}").AddEndpointFilter(RpcProblem.FilterAsync);
        api.MapGet("", async (long id, DeadLetters.DeadLettersClient client, CancellationToken cancellationToken) =>
            Results.Json(LetterText.Of(await client.GetAsync(Request(id), deadline: Deadline(), cancellationToken: cancellationToken))));
        api.MapPost("return", async (long id, DeadLetters.DeadLettersClient client, CancellationToken cancellationToken) =>
        {
            await client.ReturnAsync(Request(id), deadline: Deadline(), cancellationToken: cancellationToken);
            return Results.NoContent();
        });
        api.MapPost("discard", async (long id, DeadLetters.DeadLettersClient client, CancellationToken cancellationToken) =>
        {
            await client.DiscardAsync(Request(id), deadline: Deadline(), cancellationToken: cancellationToken);
            return Results.NoContent();
        });
    }

    private static async IAsyncEnumerable<string> WatchAsync(DeadLetters.DeadLettersClient client, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = client.Watch(new WatchDeadLettersRequest(), cancellationToken: cancellationToken);
        await foreach (var list in call.ResponseStream.ReadAllAsync(cancellationToken))
            yield return ProtocolJson.Of(list);
    }

    private static DeadLetterRequest Request(long id) => new() { Id = id };

    private static DateTime Deadline() => DateTime.UtcNow + s_deadline;
}

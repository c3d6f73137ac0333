using Aspire.ResourceService.Proto.V1;
using NnGpt.Dashboard.Experiments;

namespace NnGpt.Dashboard.Resources;

internal static class ResourceEndpoints
{
    public static void MapResources(this WebApplication app) =>
        app.MapPost("/api/resources/{name}/{command}", async (string name, string command, ResourceServiceClient client, CancellationToken cancellationToken) =>
        {
            var response = await client.ExecuteAsync(name, command, cancellationToken);
            return response.Kind == ResourceCommandResponseKind.Succeeded
                ? Results.NoContent()
                : Results.Problem(response.Message, statusCode: StatusCodes.Status409Conflict);
        }).AddEndpointFilter(RpcProblem.FilterAsync);
}

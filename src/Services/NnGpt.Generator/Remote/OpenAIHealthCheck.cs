using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NnGpt.Generator.Remote;

/// <summary>Whether the server answers with its models.</summary>
internal sealed class OpenAIHealthCheck(OpenAIClient client) : IHealthCheck
{
    // A try of the health check ends before the next one begins.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            return HealthCheckResult.Healthy($"model {(await client.GetModelAsync(limit.Token)).Name}");
        }
        catch (Exception e) when (e is HttpRequestException or InvalidDataException)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"no list of models within {s_limit.TotalSeconds} s");
        }
    }
}

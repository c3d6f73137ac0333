using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NnGpt.ServiceDefaults.Messaging;

internal sealed class MessagingHealthCheck(ConsumerHost consumers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(consumers.IsConnected
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("no connection to the message broker"));
}

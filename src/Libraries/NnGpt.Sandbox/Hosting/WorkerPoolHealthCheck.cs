using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NnGpt.Sandbox.Hosting;

internal sealed class WorkerPoolHealthCheck(WorkerPool pool) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(pool.WarmWorkers > 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(pool.LastStartFailure ?? "no worker is warm yet"));
}

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NnGpt.Coordinator.Store;

internal sealed class StoreHealthCheck(CoordinatorStore store, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            await store.ProbeAsync(time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SqliteException e)
        {
            return HealthCheckResult.Unhealthy($"the data base cannot be written: {e.Message}");
        }
    }
}

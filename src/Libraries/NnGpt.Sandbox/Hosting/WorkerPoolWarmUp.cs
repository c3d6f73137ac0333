using Microsoft.Extensions.Hosting;

namespace NnGpt.Sandbox.Hosting;

/// <summary>Makes the pool when the service starts, and ends the service when no worker can be had.</summary>
internal sealed class WorkerPoolWarmUp(WorkerPool pool) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => pool.WarmUpAsync(stoppingToken);
}

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace NnGpt.Coordinator.Cycles;

/// <summary>Looks for lost candidates at a fixed interval.</summary>
internal sealed partial class WatchdogWorker(
    ExperimentEngine engine, IOptions<CoordinatorOptions> options, TimeProvider time, ILogger<WatchdogWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.WatchdogSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await engine.LookForLostAsync(stoppingToken);
                }
                catch (SqliteException e)
                {
                    LookFailed(logger, e);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(320, LogLevel.Error, "The watchdog could not look")]
    private static partial void LookFailed(ILogger logger, Exception exception);
}

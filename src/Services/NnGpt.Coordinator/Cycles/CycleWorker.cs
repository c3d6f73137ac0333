using System.Collections.Concurrent;
using Grpc.Core;

namespace NnGpt.Coordinator.Cycles;

/// <summary>
/// Takes every experiment further whenever something of it has changed, and all active ones when the process starts.
/// What fails is tried again with growing pauses, and the experiment says why it waits.
/// </summary>
internal sealed partial class CycleWorker(ExperimentEngine engine, TimeProvider time, ILogger<CycleWorker> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, bool> _due = new(StringComparer.Ordinal);
    private readonly WorkSignal _signal = new();
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void OnChanged(string id)
        {
            _due[id] = true;
            _signal.Set();
        }
        engine.Changed += OnChanged;
        try
        {
            await engine.RestartClocksAsync(stoppingToken);
            foreach (string id in engine.Active())
                OnChanged(id);
            while (true)
            {
                await _signal.WaitAsync(stoppingToken);
                foreach (string id in _due.Keys)
                {
                    // One at a time for an experiment; a change that comes meanwhile stays due.
                    if ((!_running.TryGetValue(id, out var running) || running.IsCompleted) && _due.TryRemove(id, out _))
                        _running[id] = AdvanceAsync(id, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            engine.Changed -= OnChanged;
            await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AdvanceAsync(string id, CancellationToken stoppingToken)
    {
        await Task.Yield();
        for (int attempt = 0; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await engine.AdvanceAsync(id, stoppingToken);
                break;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                string reason = e is RpcException rpc ? $"the novelty service answers {rpc.StatusCode}: {rpc.Status.Detail}" : e.Message;
                Waiting(logger, e, id, reason);
                // Asked again it would refuse again.
                if (e is RpcException { StatusCode: StatusCode.InvalidArgument or StatusCode.Unimplemented })
                {
                    await engine.FailAsync(id, reason, stoppingToken);
                    break;
                }
                var pause = TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, attempt)));
                await ExplainAsync(id, $"waiting, tried {attempt + 1} times: {reason}", stoppingToken);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        // What became due while this ran was passed over by the loop.
        _ = Task.Run(_signal.Set, CancellationToken.None);
    }

    private async Task ExplainAsync(string id, string message, CancellationToken cancellationToken)
    {
        try
        {
            await engine.ExplainAsync(id, message, cancellationToken);
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or OperationCanceledException)
        {
            Waiting(logger, e, id, e.Message);
        }
    }

    [LoggerMessage(310, LogLevel.Warning, "{Experiment} cannot go on yet: {Reason}")]
    private static partial void Waiting(ILogger logger, Exception exception, string experiment, string reason);
}

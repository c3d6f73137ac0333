using Grpc.Core;
using NnGpt.Coordinator.Cycles;

namespace NnGpt.Coordinator.Grpc;

/// <summary>Calls that tell a state and then its changes.</summary>
internal static class Telling
{
    // Several changes within this time are told as one.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Tells, waits for a change, tells again, until there is nothing more to come, the caller leaves or the process stops.</summary>
    public static async Task TellAsync(
        this ExperimentChanges.Subscription subscription, ServerCallContext context, TimeProvider time, IHostApplicationLifetime lifetime, Func<CancellationToken, Task<bool>> tell)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        using (subscription)
        {
            try
            {
                while (await tell(either.Token))
                {
                    await subscription.WaitAsync(either.Token);
                    await Task.Delay(s_pause, time, either.Token);
                }
            }
            catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "The Coordinator is stopping; watch again when it is back."));
            }
        }
    }
}

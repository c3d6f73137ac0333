namespace NnGpt.EndToEnd.Tests.Running;

/// <summary>Waits for something outside this process to become true, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    public static async Task<T> GetAsync<T>(string what, TimeSpan deadline, Func<Task<T?>> probe, CancellationToken cancellationToken)
        where T : class
    {
        long start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(s_interval);
        while (TimeProvider.System.GetElapsedTime(start) < deadline)
        {
            if (await probe() is { } value)
            {
                return value;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        throw new TimeoutException($"{what}: not within {deadline}");
    }

    public static async Task TrueAsync(string what, TimeSpan deadline, Func<bool> probe, CancellationToken cancellationToken) =>
        await GetAsync(what, deadline, () => Task.FromResult(probe() ? "yes" : null), cancellationToken);
}

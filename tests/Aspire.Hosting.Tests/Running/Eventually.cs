namespace Aspire.Hosting.Tests.Running;

/// <summary>Waits for something outside this process to become true, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(90);

    public static async Task TrueAsync(string what, Func<bool> probe)
    {
        long start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!probe())
        {
            if (TimeProvider.System.GetElapsedTime(start) > s_deadline)
            {
                throw new TimeoutException($"{what}: not within {s_deadline}");
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}

namespace Aspire.Hosting.Orchestration;

/// <summary>When a resource that ended by itself is started again: at once-ish, then after doubling pauses, and at last never.</summary>
internal sealed class RestartBackoff(RestartBackoff.Settings settings)
{
    private int _failures;

    /// <summary>Failures in a row.</summary>
    public int Failures => _failures;

    /// <summary>Starts a new count.</summary>
    public void Reset() => _failures = 0;

    /// <summary>The pause before the next start; null to give up.</summary>
    /// <param name="uptime">How long the process ran.</param>
    /// <param name="wasHealthy">Whether it became healthy.</param>
    public TimeSpan? Next(TimeSpan uptime, bool wasHealthy)
    {
        if (wasHealthy && uptime >= settings.StableAfter)
        {
            _failures = 0;
        }

        _failures++;
        if (_failures > settings.MaxFailures)
        {
            return null;
        }

        double pause = settings.First.TotalSeconds * Math.Pow(2, _failures - 1);
        return TimeSpan.FromSeconds(Math.Min(pause, settings.Longest.TotalSeconds));
    }

    internal sealed record Settings
    {
        public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(500);

        public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

        /// <summary>A healthy process that lived so long starts a new count.</summary>
        public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(30);

        public int MaxFailures { get; init; } = 8;
    }
}

using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Tests.Orchestration;

public sealed class RestartBackoffTests
{
    private static readonly RestartBackoff.Settings s_settings = new()
    {
        First = TimeSpan.FromSeconds(1),
        Longest = TimeSpan.FromSeconds(5),
        StableAfter = TimeSpan.FromSeconds(30),
        MaxFailures = 5,
    };

    [Fact]
    public void Next_FailsAgainAndAgain_DoublesUpToTheLongestThenGivesUp()
    {
        var backoff = new RestartBackoff(s_settings);

        double?[] pauses = [.. Enumerable.Range(0, 6).Select(_ => backoff.Next(TimeSpan.Zero, wasHealthy: false)?.TotalSeconds)];

        Assert.Equal([1, 2, 4, 5, 5, null], pauses);
    }

    [Fact]
    public void Next_AfterAStableLife_CountsFromTheStart()
    {
        var backoff = new RestartBackoff(s_settings);
        backoff.Next(TimeSpan.Zero, wasHealthy: false);
        backoff.Next(TimeSpan.Zero, wasHealthy: false);

        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Next(TimeSpan.FromSeconds(30), wasHealthy: true));
        Assert.Equal(1, backoff.Failures);
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(3600, false)]
    public void Next_AfterAShortOrUnhealthyLife_GoesOnCounting(int uptimeSeconds, bool wasHealthy)
    {
        var backoff = new RestartBackoff(s_settings);
        backoff.Next(TimeSpan.Zero, wasHealthy: false);

        Assert.Equal(TimeSpan.FromSeconds(2), backoff.Next(TimeSpan.FromSeconds(uptimeSeconds), wasHealthy));
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NnGpt.Dashboard.Tests.Running;
using NnGpt.ServiceDefaults;

namespace NnGpt.Dashboard.Tests.Live;

public sealed partial class LiveConnectionTests(DashboardFixture fixture)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Follow_Experiment_TellsItAndThatNothingMoreWillCome()
    {
        using var limit = Limit();
        using var client = await LiveClient.OpenAsync(fixture.Dashboard, limit.Token);
        await client.FollowAsync(1, "experiment", HostileExperiment.Id, limit.Token);

        var told = await client.ReadAsync(limit.Token);
        var done = await client.ReadAsync(limit.Token);

        Assert.Equal(HostileExperiment.Markup, told!.Value.GetProperty("data").GetProperty("name").GetString());
        Assert.True(done!.Value.GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task Follow_SeveralAtOnce_EachHasItsNumber()
    {
        using var limit = Limit();
        using var client = await LiveClient.OpenAsync(fixture.Dashboard, limit.Token);
        await client.FollowAsync(7, "experiments", "", limit.Token);
        await client.FollowAsync(8, "candidates", HostileExperiment.Id, limit.Token);

        await client.FindAsync(message => message.GetProperty("id").GetInt32() == 7 && message.TryGetProperty("data", out _), limit.Token);
        await client.FollowAsync(9, "candidates", HostileExperiment.Id, limit.Token);
        var rows = await client.FindAsync(message => message.GetProperty("id").GetInt32() == 9 && message.TryGetProperty("data", out _), limit.Token);

        Assert.Equal(2, rows.GetProperty("data").GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task Follow_UnknownExperiment_SaysSo()
    {
        using var limit = Limit();
        using var client = await LiveClient.OpenAsync(fixture.Dashboard, limit.Token);
        await client.FollowAsync(1, "experiment", "none", limit.Token);

        var told = await client.ReadAsync(limit.Token);

        Assert.Contains("'none'", told!.Value.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_NothingOfThatName_SaysSo()
    {
        using var limit = Limit();
        using var client = await LiveClient.OpenAsync(fixture.Dashboard, limit.Token);
        await client.FollowAsync(1, "secrets", "", limit.Token);

        Assert.Contains("secrets", (await client.ReadAsync(limit.Token))!.Value.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    public async Task Send_WhatNoPageSends_EndsTheConnectionAndNoOther(string text)
    {
        using var limit = Limit();
        using var other = await LiveClient.OpenAsync(fixture.Dashboard, limit.Token);
        using var client = await LiveClient.OpenAsync(fixture.Dashboard, limit.Token);
        await client.SendAsync(text, limit.Token);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            if (await client.ReadAsync(limit.Token) is null)
                throw new IOException("closed");
        });
        await other.FollowAsync(1, "experiment", HostileExperiment.Id, limit.Token);
        Assert.NotNull(await other.ReadAsync(limit.Token));
    }

    [Fact]
    public async Task Follow_Logs_TellsWhatAServiceLogs()
    {
        using var limit = Limit();
        var builder = WebApplication.CreateBuilder(
        [
            "--HTTP_PORT=0", "--GRPC_PORT=0", $"--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL={fixture.Dashboard.Address}", $"--ASPIRE_DASHBOARD_OTLP_API_KEY={DashboardProcess.OtlpKey}",
        ]);
        builder.AddServiceDefaults("some-service");
        await using var service = builder.Build();
        await service.StartAsync(limit.Token);
        using var client = await LiveClient.OpenAsync(fixture.Dashboard, limit.Token);
        await client.FollowAsync(1, "logs", "", limit.Token);

        LogApples(service.Logger, 3, HostileExperiment.Markup);

        var batch = await client.FindAsync(
            message => message.GetProperty("data").GetProperty("records").EnumerateArray().Any(record => record.GetProperty("service").GetString() == "some-service"), limit.Token);
        var record = batch.GetProperty("data").GetProperty("records").EnumerateArray().Last(one => one.GetProperty("service").GetString() == "some-service");
        Assert.Equal("warning", record.GetProperty("level").GetString());
        Assert.Equal($"3 apples of {HostileExperiment.Markup}", record.GetProperty("message").GetString());
        Assert.Equal("3", record.GetProperty("attributes").GetProperty("Count").GetString());
        await service.StopAsync(limit.Token);
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_deadline);
        return limit;
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} apples of {Owner}")]
    private static partial void LogApples(ILogger logger, int count, string owner);
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NnGpt.Dashboard.Tests.Running;

namespace NnGpt.Dashboard.Tests.Queues;

/// <summary>Dead letters hold what others wrote: they are shown as text, and only a logged-in page touches them.</summary>
public sealed class DeadLetterEndpointTests(DashboardFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DashboardProcess Dashboard => fixture.Dashboard;

    [Fact]
    public async Task Get_MessageOfThePipeline_IsItsJson()
    {
        var letter = await GetAsync(1);
        using var body = JsonDocument.Parse(letter.GetProperty("text").GetString()!);

        Assert.Equal(("json", false), (letter.GetProperty("format").GetString(), letter.GetProperty("cut").GetBoolean()));
        Assert.Equal($"{HostileExperiment.Markup}\n", body.RootElement.GetProperty("source").GetString());
        Assert.Equal("evil-1-c00-001", body.RootElement.GetProperty("candidate").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(2, "00000000  3c 2f 73 63 72 69 70 74 3e 3c 73 63 72 69 70 74  </script><script\n")]
    [InlineData(3, "00000000  0a ff                                            ..\n")]
    public async Task Get_ForeignOrBrokenMessage_IsItsBytes(long id, string start)
    {
        var letter = await GetAsync(id);

        Assert.Equal("bytes", letter.GetProperty("format").GetString());
        Assert.StartsWith(start, letter.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_BodyThatWasNotKept_SaysSo() => Assert.Equal("none", (await GetAsync(4)).GetProperty("format").GetString());

    [Theory]
    [InlineData("/api/dead-letters/99", HttpStatusCode.NotFound)]
    [InlineData("/api/dead-letters/..%2f1", HttpStatusCode.NotFound)]
    [InlineData("/api/dead-letters/1e9", HttpStatusCode.NotFound)]
    public async Task Get_Unknown_IsNotFound(string path, HttpStatusCode status)
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Get, path, Cancel);
        using var answer = await Dashboard.Client.SendAsync(request, Cancel);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Return_Refused_IsAConflictInTheCoordinatorsWords()
    {
        using var answer = await PostAsync("/api/dead-letters/1/return", ours: true);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("It cannot be put back: its cycle is closed.", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Discard_FromOurPage_IsDoneAndFromAnotherRefused()
    {
        using var forged = await PostAsync("/api/dead-letters/2/discard", ours: false);
        using var done = await PostAsync("/api/dead-letters/3/discard", ours: true);
        using var unknown = await Dashboard.Client.GetAsync("/api/dead-letters/1", Cancel);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NoContent, HttpStatusCode.Unauthorized), (forged.StatusCode, done.StatusCode, unknown.StatusCode));
        lock (fixture.Coordinator.Commands)
        {
            Assert.DoesNotContain("discard 2", fixture.Coordinator.Commands);
            Assert.Contains("discard 3", fixture.Coordinator.Commands);
        }
    }

    private async Task<JsonElement> GetAsync(long id)
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Get, $"/api/dead-letters/{id}", Cancel);
        using var answer = await Dashboard.Client.SendAsync(request, Cancel);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, bool ours)
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Post, path, Cancel);
        if (ours)
            request.Headers.Add("X-NnGpt-Dashboard", "1");
        return await Dashboard.Client.SendAsync(request, Cancel);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NnGpt.Dashboard.Tests.Running;

namespace NnGpt.Dashboard.Tests.Experiments;

public sealed class ExperimentEndpointTests(DashboardFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Profiles_OfTheCheckout_AreListedAndValid()
    {
        using var answer = await GetAsync("/api/profiles");
        var profiles = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.Contains("quickstart", profiles.EnumerateArray().Select(profile => profile.GetProperty("name").GetString()));
        foreach (var profile in profiles.EnumerateArray())
            Assert.Empty((await CheckAsync(profile.GetProperty("text").GetString()!)).EnumerateArray());
    }

    [Theory]
    [InlineData("name: x\ncycles: { count: 0 }", "count")]
    [InlineData("name: x\nnonsense: 1", "nonsense")]
    [InlineData("name: [", "")]
    public async Task Check_WrongProfile_NamesTheSetting(string profile, string named)
    {
        var problems = await CheckAsync(profile);

        Assert.Contains(named, Assert.Single(problems.EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Profile_AsksTheCoordinator()
    {
        using var answer = await PostAsync("/api/experiments", new { profile = "name: x", name = "from-a-test" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("from-a-test", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString());
        lock (fixture.Coordinator.Commands)
            Assert.Contains("start from-a-test", fixture.Coordinator.Commands);
    }

    [Fact]
    public async Task Experiment_Unknown_IsNotFoundInTheCoordinatorsWords()
    {
        using var answer = await GetAsync("/api/experiments/none");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("'none'", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_HostileCandidate_IsAPlainTextFile()
    {
        using var answer = await GetAsync($"/api/candidates/{Uri.EscapeDataString($"{HostileExperiment.Id}-c00-001")}/source.py");

        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("evil-1-c00-001.py", answer.Content.Headers.ContentDisposition.FileName);
        Assert.StartsWith(HostileExperiment.Markup, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adapter_Known_IsAnArchiveOfItsBytes()
    {
        using var answer = await GetAsync($"/api/adapters/{HostileExperiment.AdapterDigest}");

        Assert.Equal("application/x-tar", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(fixture.Coordinator.Artifacts[HostileExperiment.AdapterDigest], await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task Report_HostileExperiment_HasNoMarkupOfItsTexts()
    {
        using var answer = await GetAsync($"/api/experiments/{HostileExperiment.Id}/report.html");
        string html = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("&lt;script&gt;window.attacked=1", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resources_WithoutAnAppHost_SaysSo()
    {
        using var answer = await PostAsync("/api/resources/trainer/restart", new { });

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<JsonElement> CheckAsync(string profile)
    {
        using var answer = await PostAsync("/api/profiles/check", new { profile });
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = await fixture.Dashboard.LoggedInAsync(HttpMethod.Get, path, Cancel);
        return await fixture.Dashboard.Client.SendAsync(request, Cancel);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object body)
    {
        using var request = await fixture.Dashboard.LoggedInAsync(HttpMethod.Post, path, Cancel);
        request.Headers.Add("X-NnGpt-Dashboard", "1");
        request.Content = JsonContent.Create(body);
        return await fixture.Dashboard.Client.SendAsync(request, Cancel);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NnGpt.Dashboard.Tests.Running;
using NnGpt.Experiments.Profiles;

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
            Assert.Empty((await CheckAsync(new { profile = profile.GetProperty("text").GetString() })).GetProperty("problems").EnumerateArray());
    }

    [Theory]
    [InlineData("name: x\ncycles: { count: 0 }", "cycles.count")]
    [InlineData("name: x\nnonsense: 1", "nonsense")]
    [InlineData("name: [", "")]
    public async Task Check_WrongProfile_NamesTheSetting(string profile, string path)
    {
        var form = await CheckAsync(new { profile });

        Assert.Equal(path, Assert.Single(form.GetProperty("problems").EnumerateArray()).GetProperty("path").GetString());
    }

    [Fact]
    public async Task Check_ChangedSettings_AreInTheTextAndTheProfilesOwnBesideIt()
    {
        var form = await CheckAsync(new { profile = "name: x\ncycles: { count: 4 }", settings = new Dictionary<string, string> { ["cycles.count"] = "7" }, arm = "no-novelty" });
        var started = ExperimentProfile.Parse(form.GetProperty("text").GetString()!).Profile!;

        Assert.Empty(form.GetProperty("problems").EnumerateArray());
        Assert.Equal((7, false, "x-no-novelty"), (started.Cycles.Count, started.Admission.NoveltyFilter, started.Name));
        Assert.Equal("4", form.GetProperty("values").GetProperty("cycles.count").GetString());
    }

    [Theory]
    [InlineData("cycles.count", "0", "", "cycles.count")]
    [InlineData("admission.accuracy_floor", "much", "", "admission.accuracy_floor")]
    [InlineData("task.train_images", "59000", "", "task.train_images")]
    [InlineData("cycles.counts", "3", "", "cycles.counts")]
    [InlineData("cycles.count", "3\nseed: 9", "", "cycles.count")]
    [InlineData("cycles.count", "3", "no-such", "arm")]
    [InlineData("cycles", "3", "", "")]
    public async Task Check_WrongSetting_IsAProblemOfItsPath(string path, string value, string arm, string concerned)
    {
        var form = await CheckAsync(new { profile = "name: x\ncycles: { count: 4 }", settings = new Dictionary<string, string> { [path] = value }, arm });

        Assert.Equal(concerned, Assert.Single(form.GetProperty("problems").EnumerateArray()).GetProperty("path").GetString());
    }

    [Fact]
    public async Task Form_Offer_HasEverySettingWithItsRangeAndTheArms()
    {
        using var answer = await GetAsync("/api/profiles/form");
        var offer = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.Equal(ExperimentProfile.Settings.Select(setting => setting.Path), offer.GetProperty("settings").EnumerateArray().Select(setting => setting.GetProperty("path").GetString()));
        Assert.Contains("no-finetuning", offer.GetProperty("arms").EnumerateArray().Select(arm => arm.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Start_Profile_AsksTheCoordinator()
    {
        using var answer = await PostAsync("/api/experiments", new { profile = "name: x", name = "from-a-test", settings = new Dictionary<string, string> { ["seed"] = "18446744073709551615" } });
        var experiment = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("from-a-test", experiment.GetProperty("id").GetString());
        Assert.Equal(ulong.MaxValue, ExperimentProfile.Parse(experiment.GetProperty("profile").GetString()!).Profile!.Seed);
        lock (fixture.Coordinator.Commands)
            Assert.Contains("start from-a-test", fixture.Coordinator.Commands);
    }

    [Fact]
    public async Task Start_WrongSetting_IsRefusedWithTheReason()
    {
        using var answer = await PostAsync("/api/experiments", new { profile = "name: x", name = "refused", settings = new Dictionary<string, string> { ["cycles.count"] = "0" } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("cycles.count is 0", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        lock (fixture.Coordinator.Commands)
            Assert.DoesNotContain("start refused", fixture.Coordinator.Commands);
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

    private async Task<JsonElement> CheckAsync(object form)
    {
        using var answer = await PostAsync("/api/profiles/check", form);
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

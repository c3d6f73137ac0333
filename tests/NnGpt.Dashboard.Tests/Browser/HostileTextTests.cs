using Microsoft.Playwright;
using NnGpt.Dashboard.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace NnGpt.Dashboard.Tests.Browser;

/// <summary>A script in a name, a source, an error or a graph is text on every page, and never runs.</summary>
public sealed class HostileTextTests(DashboardFixture fixture, BrowserSystem system)
{
    [Fact]
    public async Task Pages_OfAHostileExperiment_ShowItsTextsAndRunNone()
    {
        await using var window = await (await system.BrowsingAsync()).OpenAsync(fixture.Dashboard.LoginAddress);
        string candidate = $"/candidates/{Uri.EscapeDataString(HostileExperiment.CandidateId)}";
        string[] pages =
        [
            "/", $"/compare?with={HostileExperiment.Id}", $"/experiments/{HostileExperiment.Id}", $"/experiments/{HostileExperiment.Id}/candidates",
            $"/experiments/{HostileExperiment.Id}/corpus", $"/experiments/{HostileExperiment.Id}/profile", candidate, $"/candidates/{HostileExperiment.Id}-c00-001", "/queues",
        ];
        foreach (string path in pages)
        {
            await window.GoAsync(path);
            Assert.Equal(0, await window.Page.EvaluateAsync<int>("document.querySelectorAll('main img, main script, main iframe').length"));
            Assert.True(await window.Page.EvaluateAsync<bool>("window.attacked === undefined"), path);
            Assert.Empty(window.Errors);
        }

        await window.GoAsync($"/candidates/{HostileExperiment.Id}-c00-001");
        await Expect(window.Page.Locator(".code li.wrong")).ToHaveAttributeAsync("data-line", "2");
        await Expect(window.Page.Locator(".code li").First).ToContainTextAsync(HostileExperiment.Markup);
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task DeadLetters_OfHostileBodies_AreShownAsTextAndRunNone()
    {
        await using var window = await (await system.BrowsingAsync()).OpenAsync(fixture.Dashboard.LoginAddress);
        await window.GoAsync("/queues");
        foreach (var (id, shown) in new[] { ("1", "window.attacked=1"), ("2", "3c 2f 73 63 72 69 70 74") })
        {
            await window.Page.Locator($"tr[data-letter='{id}'] button[aria-expanded]").ClickAsync();
            await Expect(window.Page.Locator(".letter-body")).ToContainTextAsync(shown);
        }

        Assert.Equal(0, await window.Page.EvaluateAsync<int>("document.querySelectorAll('main img, main script, main iframe').length"));
        Assert.True(await window.Page.EvaluateAsync<bool>("window.attacked === undefined"));
        Assert.Empty(await window.FindBarriersAsync());
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task Csv_CellsThatAreFormulas_AreQuoted()
    {
        await using var window = await (await system.BrowsingAsync()).OpenAsync(fixture.Dashboard.LoginAddress);
        await window.GoAsync($"/experiments/{HostileExperiment.Id}/candidates");
        var table = await window.Page.RunAndWaitForDownloadAsync(() => window.Page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());

        Assert.All(await File.ReadAllLinesAsync(await table.PathAsync()), line => Assert.DoesNotMatch("(^|,)\"?[=+@]", line));
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NnGpt.Dashboard.Tests.Browser;

/// <summary>axe-core on every page, light and dark, and what it cannot see: the keyboard and narrow screens.</summary>
public sealed class AccessibilityTests(BrowserSystem system)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_EveryPage_FindsNothingSerious(ColorScheme scheme)
    {
        string id = await system.ExperimentAsync();
        await using var window = await system.OpenAsync(scheme);
        var found = new List<string>();
        foreach (string path in await PagesAsync(window, id))
        {
            await window.GoAsync(path);
            found.AddRange((await window.FindBarriersAsync()).Select(barrier => $"{path}: {barrier}"));
            await window.KeepPictureAsync(scheme.ToString().ToLowerInvariant(), path);
        }

        await window.Page.Context.ClearCookiesAsync();
        await window.Page.ReloadAsync();
        await Expect(window.Page.GetByLabel("Token")).ToBeVisibleAsync();
        found.AddRange((await window.FindBarriersAsync()).Select(barrier => $"/login: {barrier}"));
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task Page_NarrowAsAPhone_DoesNotScrollSideways()
    {
        string id = await system.ExperimentAsync();
        await using var window = await system.OpenAsync(width: 390, height: 844);
        var wide = new List<string>();
        foreach (string path in await PagesAsync(window, id))
        {
            await window.GoAsync(path);
            int excess = await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (excess > 0)
                wide.Add($"{path}: {excess} px");
            await window.KeepPictureAsync("phone", path);
        }

        Assert.Empty(wide);
    }

    [Fact]
    public async Task Keyboard_Alone_OpensACandidate()
    {
        string id = await system.ExperimentAsync();
        await using var window = await system.OpenAsync();
        var page = window.Page;
        await window.GoAsync($"/experiments/{id}/candidates");
        await page.GetByRole(AriaRole.Grid, new() { Name = "Candidates" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/candidates/.*-c00-001$"));
    }

    private static async Task<IReadOnlyList<string>> PagesAsync(Window window, string id)
    {
        await window.GoAsync($"/experiments/{id}/candidates?outcome=admitted");
        string candidate = (await window.Page.GetByRole(AriaRole.Grid, new() { Name = "Candidates" }).GetByRole(AriaRole.Link).First.GetAttributeAsync("href"))!;
        await window.GoAsync(candidate);
        string trace = (await window.Page.GetByRole(AriaRole.Link, new() { Name = "Trace", Exact = true }).GetAttributeAsync("href"))!;
        return
        [
            "/", "/start", $"/compare?with={id}", $"/experiments/{id}", $"/experiments/{id}/candidates", $"/experiments/{id}/corpus", $"/experiments/{id}/profile",
            candidate, trace, "/system?resource=trainer-0", "/console/coordinator", "/logs", "/traces", "/metrics", "/queues", "/nowhere",
        ];
    }
}

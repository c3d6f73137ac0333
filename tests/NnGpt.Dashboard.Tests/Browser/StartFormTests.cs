using Microsoft.Playwright;
using NnGpt.Dashboard.Tests.Running;
using NnGpt.Experiments.Profiles;
using static Microsoft.Playwright.Assertions;

namespace NnGpt.Dashboard.Tests.Browser;

/// <summary>The form that an experiment is started by, before a Coordinator that only takes notes.</summary>
public sealed class StartFormTests(DashboardFixture fixture, BrowserSystem system)
{
    [Fact]
    public async Task Form_WrongValue_SaysSoAtItsFieldAndStartsNothing()
    {
        await using var window = await OpenAsync();
        var cycles = window.Page.GetByLabel("Cycles", new() { Exact = true });
        await Expect(cycles).ToHaveValueAsync("5");
        await cycles.FillAsync("0");

        await Expect(cycles).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(cycles).ToHaveAccessibleDescriptionAsync("cycles.count is 0; it must be a whole number in 1..1000");
        await Expect(Start(window)).ToBeDisabledAsync();

        await cycles.FillAsync("5");
        await Expect(cycles).ToHaveAttributeAsync("aria-invalid", "false");
        await Expect(Start(window)).ToBeEnabledAsync();
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task Form_ChangedValuesAndArm_AreWhatIsStarted()
    {
        await using var window = await OpenAsync();
        await window.Page.GetByLabel("Candidates a cycle").FillAsync("12");
        await window.Page.GetByLabel("Learning rate").FillAsync("2e-3");
        await window.Page.GetByLabel("Ablation arm").SelectOptionAsync("no-novelty");
        await window.Page.GetByLabel("Seed", new() { Exact = true }).FillAsync("18446744073709551615");
        await window.Page.GetByText("All settings as YAML").ClickAsync();
        var text = window.Page.GetByLabel("Settings (YAML)");
        await Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("candidates: 12"));

        var request = await window.Page.RunAndWaitForRequestAsync(() => Start(window).ClickAsync(), sent => sent.Method == "POST" && sent.Url.EndsWith("/api/experiments", StringComparison.Ordinal));
        var answer = await (await request.ResponseAsync())!.JsonAsync();
        var profile = ExperimentProfile.Parse(answer!.Value.GetProperty("profile").GetString()!).Profile!;
        Assert.Equal((12, 2e-3, false, "quickstart-no-novelty"), (profile.Cycles.Candidates, profile.FineTuning.LearningRate, profile.Admission.NoveltyFilter, profile.Name));
        Assert.Contains("18446744073709551615", request.PostData, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_YamlTyped_IsWhatTheFieldsStartFrom()
    {
        await using var window = await OpenAsync();
        await window.Page.GetByLabel("Cycles", new() { Exact = true }).FillAsync("9");
        await window.Page.GetByText("All settings as YAML").ClickAsync();
        await window.Page.GetByLabel("Settings (YAML)").FillAsync("name: typed\ncycles:\n  count: 3\nno_such: 1");

        await Expect(window.Page.GetByLabel("Cycles", new() { Exact = true })).ToHaveValueAsync("3");
        await Expect(window.Page.Locator("#profile-problems")).ToContainTextAsync("YAML, line 4");
        await Expect(Start(window)).ToBeDisabledAsync();
    }

    private static ILocator Start(Window window) => window.Page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true });

    private async Task<Window> OpenAsync()
    {
        var window = await (await system.BrowsingAsync()).OpenAsync(fixture.Dashboard.LoginAddress);
        await window.GoAsync("/start");
        return window;
    }
}

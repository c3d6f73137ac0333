using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NnGpt.Dashboard.Tests.Browser;
using NnGpt.EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

[assembly: AssemblyFixture(typeof(BrowserSystem))]

namespace NnGpt.Dashboard.Tests.Browser;

/// <summary>The whole system under its AppHost and a browser before it; started by the first test that asks.</summary>
public sealed partial class BrowserSystem : IAsyncDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("nngpt-dashboard-").FullName;
    private readonly Lazy<Task<RunningSystem>> _system;
    private readonly Lazy<Task<Browsing>> _browsing = new(Browsing.StartAsync);
    private readonly Lazy<Task<string>> _experiment;

    public BrowserSystem()
    {
        _system = new(() => RunningSystem.StartAsync(_home, CancellationToken.None));
        _experiment = new(RunExperimentAsync);
    }

    /// <summary>
    /// An experiment of the smoke profile that a user started in the browser, watched without a reload, stopped, resumed and
    /// watched to its end. Its id.
    /// </summary>
    public Task<string> ExperimentAsync() => _experiment.Value;

    internal Task<RunningSystem> SystemAsync() => _system.Value;

    internal Task<Browsing> BrowsingAsync() => _browsing.Value;

    internal async Task<Window> OpenAsync(ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        var system = await SystemAsync();
        string address = (await File.ReadAllLinesAsync(Path.Combine(system.Home, "urls"))).First(line => line.Contains("/login?t=", StringComparison.Ordinal));
        return await (await BrowsingAsync()).OpenAsync(address.Trim(), scheme, width, height);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browsing.IsValueCreated)
            await (await _browsing.Value).DisposeAsync();
        if (_system.IsValueCreated)
            await (await _system.Value).DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    private async Task<string> RunExperimentAsync()
    {
        await using var window = await OpenAsync();
        var page = window.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Start an experiment" }).ClickAsync();
        await page.GetByLabel("Profile").SelectOptionAsync("smoke");
        await page.GetByLabel("Name").FillAsync("browsed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(ExperimentAddress());
        string id = Uri.UnescapeDataString(ExperimentAddress().Match(page.Url).Groups[1].Value);
        await page.EvaluateAsync("window.sameDocument = true");

        // "3 of 16" while the cycle goes on: the first candidates come in by themselves.
        var stage = page.Locator("tr[data-cycle='0'] td").Nth(1);
        await Expect(stage).ToHaveTextAsync(SomeFinished(), new() { Timeout = Browsing.WorkMilliseconds });
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(page.Locator(".lead .state")).ToHaveTextAsync(new Regex("stopped$"), new() { Timeout = Browsing.WorkMilliseconds });
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.Locator(".lead .state")).ToHaveTextAsync(new Regex("running$"));

        await Expect(stage).ToHaveTextAsync("closed", new() { Timeout = Browsing.WorkMilliseconds });
        await Expect(page.Locator("tr[data-cycle='1'] td").Nth(1)).ToHaveTextAsync("closed", new() { Timeout = Browsing.WorkMilliseconds });
        await Expect(page.Locator(".lead .state")).ToHaveTextAsync(new Regex("completed$"), new() { Timeout = Browsing.WorkMilliseconds });
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"), "the page was loaded again");
        Assert.Empty(window.Errors);
        return id;
    }

    [GeneratedRegex("/experiments/([^/?]+)$")]
    private static partial Regex ExperimentAddress();

    [GeneratedRegex("^[1-9]\\d* of 16$")]
    private static partial Regex SomeFinished();
}

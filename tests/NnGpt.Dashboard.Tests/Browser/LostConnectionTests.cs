using Microsoft.Playwright;
using NnGpt.Dashboard.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace NnGpt.Dashboard.Tests.Browser;

/// <summary>A page whose dashboard is gone says so, keeps what it shows, and goes on by itself.</summary>
public sealed class LostConnectionTests(DashboardFixture fixture, BrowserSystem system)
{
    // Nobody starts this dashboard again but the test, after it has seen the alert.
    [Fact]
    public async Task Dashboard_GoneUntilTheAlertIsSeen_ThePageGoesOn()
    {
        int port = Testing.Infrastructure.FreePort.Take(1)[0];
        await using var first = await DashboardProcess.StartAsync(fixture.Coordinator.Address, port);
        await using var window = await (await system.BrowsingAsync()).OpenAsync(first.LoginAddress);
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = HostileExperiment.Id })).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await first.KillAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The dashboard does not answer");
        await Expect(window.Page.Locator(".live")).ToContainTextAsync("connecting again");
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = HostileExperiment.Id })).ToBeVisibleAsync();

        await using var second = await DashboardProcess.StartAsync(fixture.Coordinator.Address, port);

        await Expect(window.Page.Locator(".live")).ToContainTextAsync("live");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await window.GoAsync($"/experiments/{HostileExperiment.Id}");
    }
}

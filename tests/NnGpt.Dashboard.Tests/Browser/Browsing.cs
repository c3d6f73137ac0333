using Microsoft.Playwright;

namespace NnGpt.Dashboard.Tests.Browser;

/// <summary>Debian's Chromium. Deadlines are those of a busy machine: nothing is slept through.</summary>
internal sealed class Browsing : IAsyncDisposable
{
    /// <summary>For what a page shows of what is there already: mostly under a second, and a failure is quick.</summary>
    public const float DeadlineMilliseconds = 60_000;

    /// <summary>For what services have to do first: train candidates, fine-tune, start a process.</summary>
    public const float WorkMilliseconds = 300_000;

    private static readonly string[] s_arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browsing(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browsing> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(DeadlineMilliseconds);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = s_arguments,
            Timeout = WorkMilliseconds,
        });
        return new Browsing(playwright, browser);
    }

    /// <summary>A window that is logged in, and what went wrong in it: script errors, and what the content security policy forbade.</summary>
    public async Task<Window> OpenAsync(string loginAddress, ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            AcceptDownloads = true,
            TimezoneId = "Europe/Berlin",
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(DeadlineMilliseconds);
        var page = await context.NewPageAsync();
        var window = new Window(context, page);
        await page.GotoAsync(loginAddress);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

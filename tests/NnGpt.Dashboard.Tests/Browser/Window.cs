using Microsoft.Playwright;
using NnGpt.EndToEnd.Tests.Running;

namespace NnGpt.Dashboard.Tests.Browser;

/// <summary>A browser's window with one page.</summary>
internal sealed class Window : IAsyncDisposable
{
    private static readonly string s_axe = Path.Combine(Checkout.Root, "src", "Services", "NnGpt.Dashboard", "Web", "node_modules", "axe-core", "axe.min.js");

    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => Note(error);
        page.Console += (_, message) =>
        {
            // A request that was refused is no error of the page.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && !message.Text.Contains("WebSocket connection", StringComparison.Ordinal))
                Note(message.Text);
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
                return [.. _errors];
        }
    }

    /// <summary>Goes to a page of the dashboard as a link does, and waits until it has something to show.</summary>
    public async Task GoAsync(string path)
    {
        await Page.EvaluateAsync("path => { history.pushState(null, '', path); dispatchEvent(new Event('nngpt:navigate')); }", path);
        await Assertions.Expect(Page.Locator("main h1").First).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator("main .waiting[role=status]")).ToHaveCountAsync(0);
    }

    /// <summary>Serious and critical findings of axe-core, as text.</summary>
    public async Task<string[]> FindBarriersAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(s_axe));
        return await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
              .filter(violation => violation.impact === "serious" || violation.impact === "critical")
              .flatMap(violation => violation.nodes.slice(0, 3).map(node => `${violation.id}: ${node.html.slice(0, 200)} ${node.failureSummary.slice(0, 300)}`))
            """);
    }

    /// <summary>With NNGPT_SCREENSHOTS=DIR, a picture of the whole page there, to be looked at.</summary>
    public async Task KeepPictureAsync(string variant, string path)
    {
        if (Environment.GetEnvironmentVariable("NNGPT_SCREENSHOTS") is not { Length: > 0 } directory)
            return;
        string name = string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_')).Trim('_');
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, $"{variant}-{(name.Length == 0 ? "experiments" : name)}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Note(string error)
    {
        lock (_errors)
            _errors.Add(error);
    }
}

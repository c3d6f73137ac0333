using System.Formats.Tar;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NnGpt.EndToEnd.Tests.Running;
using RabbitMQ.Client;
using static Microsoft.Playwright.Assertions;

namespace NnGpt.Dashboard.Tests.Browser;

/// <summary>What a researcher does in the browser, against the real system.</summary>
[TestCaseOrderer(typeof(KillingLast))]
public sealed class JourneyTests(BrowserSystem system)
{
    [Fact]
    public async Task Experiment_StartedStoppedAndResumedInTheBrowser_FillsInWithoutAReload()
    {
        string id = await system.ExperimentAsync();
        await using var window = await system.OpenAsync();
        await window.GoAsync($"/experiments/{id}");

        await Expect(window.Page.GetByLabel("Funnel of candidates").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(6);
        await Expect(window.Page.Locator("tr[data-cycle]")).ToHaveCountAsync(2);
        await Expect(window.Page.Locator(".figure svg path[d]").First).ToBeVisibleAsync();
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task Candidate_Admitted_HasItsSourceGraphDiffAndPrompt()
    {
        string id = await system.ExperimentAsync();
        await using var window = await system.OpenAsync();
        var page = window.Page;
        await window.GoAsync($"/experiments/{id}/candidates");
        await page.GetByLabel("Outcome").SelectOptionAsync("admitted");
        await page.GetByRole(AriaRole.Grid, new() { Name = "Candidates" }).GetByRole(AriaRole.Link).First.ClickAsync();

        await Expect(page.Locator(".code .token.keyword").First).ToBeVisibleAsync();
        await Expect(page.Locator(".graph .node").Nth(2)).ToBeVisibleAsync();
        await Expect(page.Locator(".diff .add").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Training loss of every step of the epoch" })).ToBeVisibleAsync();
        await page.GetByText("Prompt that").ClickAsync();
        await Expect(page.Locator(".prompt").First).ToContainTextAsync(new Regex("\\w"));
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task Candidate_Trace_LeadsThroughEveryService()
    {
        string id = await system.ExperimentAsync();
        await using var window = await system.OpenAsync();
        var page = window.Page;
        await window.GoAsync($"/experiments/{id}/candidates?outcome=admitted");
        await page.GetByRole(AriaRole.Grid, new() { Name = "Candidates" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Trace", Exact = true }).ClickAsync();
        foreach (string service in (string[])["generator", "validator", "trainer", "novelty", "coordinator"])
            await Expect(page.Locator(".legend")).ToContainTextAsync(service);
        // The Coordinator takes the same message from a queue of its own, before or after the Validator.
        await page.Locator(".waterfall-row").Filter(new() { Has = page.GetByTitle("validator: process candidate.generated", new() { Exact = true }) }).ClickAsync();
        await Expect(page.Locator(".span-details")).ToContainTextAsync("nngpt:candidate.generated:validator");
        await page.Locator(".waterfall-row").Filter(new() { HasText = "chat " }).First.ClickAsync();
        await Expect(page.Locator(".span-details")).ToContainTextAsync("gen_ai.usage.output_tokens");
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task Traces_AsOpened_AreThoseOfCandidates()
    {
        string id = await system.ExperimentAsync();
        await using var window = await system.OpenAsync();
        await window.GoAsync("/traces");
        var first = window.Page.GetByRole(AriaRole.Grid, new() { Name = "Traces" }).GetByRole(AriaRole.Link).First;
        await Expect(first).ToHaveTextAsync(new Regex($"^{Regex.Escape(id)}-c"));
        string candidates = await window.Page.Locator(".toolbar [role=status]").InnerTextAsync();
        await window.Page.GetByLabel("Show").SelectOptionAsync("others");

        await Expect(first).Not.ToHaveTextAsync(new Regex("-c\\d\\d-"));
        await Expect(window.Page.Locator(".toolbar [role=status]")).Not.ToHaveTextAsync(candidates);
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task RunAgain_ScoredCandidate_GivesTheSameAccuracy()
    {
        string id = await system.ExperimentAsync();
        await using var window = await system.OpenAsync();
        var page = window.Page;
        await window.GoAsync($"/experiments/{id}/candidates?outcome=scored");
        await page.GetByRole(AriaRole.Grid, new() { Name = "Candidates" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run again" }).ClickAsync();

        var card = page.GetByRole(AriaRole.Region, new() { Name = "Run again" });
        await Expect(card).ToBeVisibleAsync(new() { Timeout = Browsing.WorkMilliseconds });
        var values = card.Locator("dd");
        Assert.Equal(await values.Nth(2).InnerTextAsync(), await values.Nth(1).InnerTextAsync());
    }

    [Fact]
    public async Task Restart_Trainer_ComesBackWithAnotherProcess()
    {
        await using var window = await system.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/system");
        var row = page.Locator("tr[data-resource='trainer-1']");
        await Expect(row).ToContainTextAsync("healthy");
        string before = await row.Locator("[data-cell=process]").InnerTextAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Restart trainer-1" }).ClickAsync();

        await Expect(row.Locator("[data-cell=process]")).Not.ToHaveTextAsync(before, new() { Timeout = Browsing.WorkMilliseconds });
        await Expect(row.Locator("[data-cell=process]")).ToHaveTextAsync(new Regex("^\\d+$"), new() { Timeout = Browsing.WorkMilliseconds });
        await Expect(row.Locator("[data-cell=health]")).ToContainTextAsync(new Regex("^\\W*healthy$"), new() { Timeout = Browsing.WorkMilliseconds });
        await page.GetByRole(AriaRole.Link, new() { Name = "Console of trainer-1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Console" })).ToBeVisibleAsync();
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task Resources_Environment_ShowsNoSecret()
    {
        await using var window = await system.OpenAsync();
        await window.GoAsync("/system?resource=dashboard");

        var details = window.Page.GetByRole(AriaRole.Region, new() { Name = "dashboard: endpoints and environment" });
        await Expect(details).ToContainTextAsync("Dashboard__BrowserToken");
        await Expect(details).ToContainTextAsync("(secret)");
        string token = new Uri((await File.ReadAllLinesAsync(Path.Combine((await system.SystemAsync()).Home, "urls"))).First(line => line.Contains("/login?t=", StringComparison.Ordinal)).Trim()).Query[3..];
        Assert.DoesNotContain(token, await window.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_AfterAnExperiment_HaveStructuredRecordsOfTheServices()
    {
        await system.ExperimentAsync();
        await using var window = await system.OpenAsync();
        await window.GoAsync("/logs");
        await window.Page.GetByLabel("Service").SelectOptionAsync("generator");
        await window.Page.GetByLabel("Search logs").FillAsync("tokens in");
        await window.Page.GetByRole(AriaRole.Grid, new() { Name = "Log records" }).GetByRole(AriaRole.Row).Last.ClickAsync();

        await Expect(window.Page.GetByRole(AriaRole.Region, new() { Name = "Record" })).ToContainTextAsync("Experiment");
    }

    [Fact]
    public async Task Dashboard_Killed_ComesBackWithEverythingAndDisturbsNoService()
    {
        string id = await system.ExperimentAsync();
        var running = await system.SystemAsync();
        await using var window = await system.OpenAsync();
        await window.GoAsync($"/experiments/{id}");
        string table = await window.Page.Locator("tr[data-cycle='1']").InnerTextAsync();
        string[] others = ["coordinator", "generator", "validator", "novelty", "finetuner", "rabbitmq", "redis"];
        var before = others.Select(running.ProcessIdsOf).ToList();
        int dashboard = Assert.Single(running.ProcessIdsOf("dashboard"));

        // The page says "live" of a lost connection until it has noticed; the next one that it opens comes after that.
        await window.Page.RunAndWaitForWebSocketAsync(() =>
        {
            RunningSystem.KillProcess(dashboard);
            return Task.CompletedTask;
        });

        await Expect(window.Page.Locator(".live")).ToContainTextAsync("live", new() { Timeout = Browsing.WorkMilliseconds });
        await window.Page.ReloadAsync();
        await Expect(window.Page.Locator("tr[data-cycle='1']")).ToBeVisibleAsync();
        Assert.Equal(table, await window.Page.Locator("tr[data-cycle='1']").InnerTextAsync());
        Assert.NotEqual(dashboard, Assert.Single(running.ProcessIdsOf("dashboard")));
        Assert.Equal(before, others.Select(running.ProcessIdsOf));
    }

    [Fact]
    public async Task Queues_OfTheRunningSystem_AreAllTaken()
    {
        await using var window = await system.OpenAsync();
        await window.GoAsync("/queues");

        await Expect(window.Page.GetByRole(AriaRole.Cell, new() { Name = "dead-letters" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("unhealthy")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task DeadLetter_OnTheBroker_IsSeenWithItsBodyAndDiscarded()
    {
        var running = await system.SystemAsync();
        await using var window = await system.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/queues");
        await PublishForeignAsync(running, "a message of nobody's");

        // It dies on the queue of the service that it is for and on the Coordinator's own.
        var letters = page.Locator("tr[data-letter]").Filter(new() { HasText = "other.Message" });
        await Expect(letters).ToHaveCountAsync(2);
        var letter = letters.Filter(new() { HasText = "validator" });
        await Expect(letter).ToContainTextAsync("refused");
        await letter.GetByRole(AriaRole.Button, new() { Name = "other.Message", Exact = true }).ClickAsync();
        await Expect(page.Locator(".letter-body")).ToContainTextAsync("a message of nob");
        await letter.GetByRole(AriaRole.Button, new() { Name = "Discard other.Message" }).ClickAsync();
        await letter.GetByRole(AriaRole.Button, new() { Name = "Discard other.Message for good" }).ClickAsync();
        await Expect(letters).ToHaveCountAsync(1);
        await Expect(letters).ToContainTextAsync("coordinator");
        Assert.Empty(window.Errors);
    }

    private static async Task PublishForeignAsync(RunningSystem running, string body)
    {
        const string Setting = "ConnectionStrings__rabbitmq=";
        string environment = await File.ReadAllTextAsync($"/proc/{Assert.Single(running.ProcessIdsOf("validator"))}/environ");
        string broker = environment.Split('\0').First(setting => setting.StartsWith(Setting, StringComparison.Ordinal))[Setting.Length..];
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var properties = new BasicProperties { Type = "other.Message", MessageId = "foreign", Headers = new Dictionary<string, object?> { ["schema"] = 1 } };
        await channel.BasicPublishAsync("nngpt", "candidate.generated", mandatory: true, properties, System.Text.Encoding.UTF8.GetBytes(body));
    }

    [Fact]
    public async Task Downloads_OfAnExperiment_AreAPeftAdapterAReportAndATable()
    {
        string id = await system.ExperimentAsync();
        await using var window = await system.OpenAsync();
        var page = window.Page;
        await window.GoAsync($"/experiments/{id}/corpus");
        var adapter = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "PEFT tar" }).First.ClickAsync());
        await using (var archive = new TarReader(await adapter.CreateReadStreamAsync()))
        {
            var names = new List<string>();
            while (await archive.GetNextEntryAsync() is { } entry)
                names.Add(Path.GetFileName(entry.Name));
            Assert.Contains("adapter_config.json", names);
            Assert.Contains("adapter_model.safetensors", names);
        }

        await Expect(page.GetByLabel("Table of families").GetByRole(AriaRole.Row).Nth(1)).ToBeVisibleAsync();

        var report = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Report" }).ClickAsync());
        string html = await File.ReadAllTextAsync(await report.PathAsync());
        Assert.Contains(id, html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);

        await window.GoAsync($"/experiments/{id}/candidates");
        var table = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        Assert.Equal(33, (await File.ReadAllLinesAsync(await table.PathAsync())).Length);
    }
}

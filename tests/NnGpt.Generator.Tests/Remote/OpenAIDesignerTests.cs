using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NnGpt.Generator.Adapters;
using NnGpt.Generator.Designers;
using NnGpt.Generator.Remote;
using NnGpt.Generator.Tests.Embedded;
using NnGpt.ServiceDefaults.Artifacts;

namespace NnGpt.Generator.Tests.Remote;

/// <summary>The designer that asks a server: a Generator's own API, and servers that fail.</summary>
public sealed class OpenAIDesignerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Design_ByAnotherGenerator_GivesTheTextsOfTheEmbeddedDesigner()
    {
        await using var generator = await ServedGenerator.StartAsync();
        string digest = generator.AddAdapter();
        await using var services = Services(generator.BaseUrl, generator.Cache);
        var remote = services.GetRequiredService<IDesigner>();
        ulong[] seeds = [1, 2, ulong.MaxValue - 5];

        foreach (string adapter in new[] { "", digest, "" })
        {
            var expected = await EmbeddedDesignerTests.DesignAsync(generator.Designer, adapter, seeds);
            var actual = await EmbeddedDesignerTests.DesignAsync(remote, adapter, seeds);
            Assert.Equal(expected.Select(text => text.Text), actual.Select(text => text.Text));
            Assert.Equal(expected.Select(Comparable), actual.Select(Comparable));
        }

        static object Comparable(DesignedText text) =>
            (text.Origin.Model, text.Origin.AdapterDigest, text.Origin.Seed, text.Origin.PromptTokens, text.Origin.CompletionTokens, text.Origin.FinishReason);
    }

    [Fact]
    public async Task Design_WithANewAdapter_UnloadsTheOldOne()
    {
        await using var generator = await ServedGenerator.StartAsync();
        string first = generator.AddAdapter('a');
        string second = generator.AddAdapter('b');
        string shared = Path.Combine(generator.Cache, "shared");
        await using var services = Services(generator.BaseUrl, generator.Cache, options => options.AdapterDirectory = shared);
        var remote = services.GetRequiredService<IDesigner>();

        await EmbeddedDesignerTests.DesignAsync(remote, first, 1);
        await EmbeddedDesignerTests.DesignAsync(remote, second, 1);

        string models = await generator.Client.GetStringAsync("models", Token);
        Assert.DoesNotContain("nngpt-aaaaaaaaaaaaaaaa", models, StringComparison.Ordinal);
        Assert.Contains("nngpt-bbbbbbbbbbbbbbbb", models, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(shared, "nngpt-bbbbbbbbbbbbbbbb", "adapter_config.json")));
    }

    [Fact]
    public async Task Design_ByAServerThatLostTheAdapter_LoadsItAgain()
    {
        await using var generator = await ServedGenerator.StartAsync();
        string digest = generator.AddAdapter();
        await using var services = Services(generator.BaseUrl, generator.Cache);
        var remote = services.GetRequiredService<IDesigner>();
        var before = await EmbeddedDesignerTests.DesignAsync(remote, digest, 1);
        using var lost = await generator.Client.PostAsync(
            "unload_lora_adapter", new StringContent("""{"lora_name": "nngpt-aaaaaaaaaaaaaaaa"}""", System.Text.Encoding.UTF8, "application/json"), Token);
        Assert.Equal(HttpStatusCode.OK, lost.StatusCode);

        var after = await EmbeddedDesignerTests.DesignAsync(remote, digest, 1);

        Assert.Equal(before[0].Text, after[0].Text);
        Assert.Equal(digest, after[0].Origin.AdapterDigest);
    }

    [Fact]
    public async Task Design_ByAServerWithoutAdapters_GoesOnWithTheBaseModelAndSaysSo()
    {
        await using var generator = await ServedGenerator.StartAsync(static options => options.AllowRuntimeAdapters = false);
        string digest = generator.AddAdapter();
        await using var services = Services(generator.BaseUrl, generator.Cache);

        var remote = await EmbeddedDesignerTests.DesignAsync(services.GetRequiredService<IDesigner>(), digest, 1);

        Assert.Equal((await EmbeddedDesignerTests.DesignAsync(generator.Designer, "", 1))[0].Text, remote[0].Text);
        Assert.Equal("", remote[0].Origin.AdapterDigest);
    }

    [Fact]
    public async Task Design_WithATemporaryFailure_TriesAgainAndSendsTheKey()
    {
        int calls = 0;
        List<string> keys = [];
        await using var server = await StartServerAsync(async context =>
        {
            lock (keys)
                keys.Add(context.Request.Headers.Authorization.ToString());
            if (Interlocked.Increment(ref calls) <= 2)
                context.Response.StatusCode = calls == 1 ? 503 : 429;
            else
                await context.Response.WriteAsJsonAsync(Answer("text"), Token);
        });
        await using var services = Services(Address(server), "unused", static options => options.ApiKey = "secret");

        var texts = await EmbeddedDesignerTests.DesignAsync(services.GetRequiredService<IDesigner>(), "", 1);

        Assert.Equal("text", texts[0].Text);
        Assert.Equal(["Bearer secret", "Bearer secret", "Bearer secret"], keys);
    }

    [Fact]
    public async Task Design_RefusedByTheServer_FailsWithItsWords()
    {
        await using var server = await StartServerAsync(static context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsJsonAsync(new { error = new { message = "max_tokens is too large" } }, Token);
        });
        await using var services = Services(Address(server), "unused");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => EmbeddedDesignerTests.DesignAsync(services.GetRequiredService<IDesigner>(), "", 1));

        Assert.Contains("answered 400: max_tokens is too large", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Design_BeyondTheTotalTime_Fails()
    {
        await using var server = await StartServerAsync(static context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var services = Services(Address(server), "unused", static options => options.TotalSeconds = 1);
        await Assert.ThrowsAsync<TimeoutException>(() => EmbeddedDesignerTests.DesignAsync(services.GetRequiredService<IDesigner>(), "", 1));
    }

    [Fact]
    public async Task Design_WithAnAnswerOfAnotherKind_SaysSo()
    {
        await using var server = await StartServerAsync(static context => context.Response.WriteAsJsonAsync(new { choices = Array.Empty<int>() }, Token));
        await using var services = Services(Address(server), "unused");
        await Assert.ThrowsAsync<InvalidDataException>(() => EmbeddedDesignerTests.DesignAsync(services.GetRequiredService<IDesigner>(), "", 1));
    }

    private static object Answer(string text) => new
    {
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 3, completion_tokens = 1 },
    };

    private static string Address(WebApplication server) => $"{server.Urls.First()}/v1";

    // A server with one model whose answers are the handler's.
    private static async Task<WebApplication> StartServerAsync(RequestDelegate complete)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/v1/models", static () => Results.Json(new { data = new[] { new { id = "m" } } }));
        app.MapPost("/v1/chat/completions", complete);
        await app.StartAsync(Token);
        return app;
    }

    private static ServiceProvider Services(string baseUrl, string cache, Action<OpenAIOptions>? change = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new ArtifactClient(null!, TimeProvider.System));
        services.AddSingleton<AdapterCache>();
        services.AddOpenAIDesigner();
        services.Configure<GeneratorOptions>(options => options.CacheDirectory = cache);
        services.Configure<OpenAIOptions>(options =>
        {
            (options.BaseUrl, options.RetryDelaySeconds) = (baseUrl, 0.01);
            change?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }
}

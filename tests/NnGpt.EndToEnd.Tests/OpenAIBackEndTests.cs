using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using NnGpt.EndToEnd.Tests.Running;

namespace NnGpt.EndToEnd.Tests;

/// <summary>A whole experiment whose networks another system's Generator writes, by its OpenAI API.</summary>
public sealed class OpenAIBackEndTests(SystemFixture fixture)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Run_WithAnotherGeneratorAsDesigner_CompletesAndSamplesWithItsAdapters()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_deadline);
        string server = $"{fixture.System.AddressOf("generator", "http")}/v1";
        string home = Directory.CreateTempSubdirectory("nngpt-openai-").FullName;
        try
        {
            await using var system = await RunningSystem.StartAsync(home, limit.Token, $"--Generator:OpenAI:BaseUrl={server}");
            var watched = await system.NnGptAsync(limit.Token, "run", "start", "smoke", "--watch", "--output", "json");

            Assert.True(watched.ExitCode == 0, watched.Error + system.Output);
            using var run = JsonDocument.Parse(watched.Output);
            Assert.Equal("completed", run.RootElement.GetProperty("state").GetString());
            string[] adapters = [.. run.RootElement.GetProperty("cycles").EnumerateArray().Select(cycle => cycle.GetProperty("adapter_digest").GetString()!)];
            Assert.Equal("", adapters[0]);
            Assert.StartsWith("sha256:", adapters[1], StringComparison.Ordinal);
            await AssertCandidatesAsync(system, run.RootElement.GetProperty("id").GetString()!, adapters, limit.Token);

            // The other system's Generator lists the adapter that this one had loaded.
            using var client = new HttpClient();
            var models = await client.GetFromJsonAsync<JsonNode>($"{server}/models", limit.Token);
            string name = $"nngpt-{adapters[1]["sha256:".Length..][..16]}";
            Assert.Contains(name, models!["data"]!.AsArray().Select(model => (string?)model!["id"]));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static async Task AssertCandidatesAsync(RunningSystem system, string id, string[] adapters, CancellationToken cancellationToken)
    {
        var listed = await system.NnGptAsync(cancellationToken, "candidates", "list", id, "--limit", "1000", "--output", "json");
        using var json = JsonDocument.Parse(listed.Output);
        JsonElement[] candidates = [.. json.RootElement.EnumerateArray()];
        Assert.Equal(32, candidates.Length);
        Assert.All(candidates, candidate => Assert.Equal(
            adapters[candidate.GetProperty("cycle").GetInt32()], candidate.GetProperty("origin").GetProperty("adapter_digest").GetString()));
    }
}

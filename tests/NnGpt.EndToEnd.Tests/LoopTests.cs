using System.Text.Json;
using NnGpt.EndToEnd.Tests.Running;

namespace NnGpt.EndToEnd.Tests;

/// <summary>The loop as a user runs it: through the command line, with every real part behind it.</summary>
public sealed class LoopTests(SystemFixture fixture)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Run_SmokeProfile_CompletesAndCountsEveryCandidateOnce()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_deadline);

        string id = await fixture.StartExperimentAsync("smoke", limit.Token);
        var watched = await fixture.System.NnGptAsync(limit.Token, "run", "watch", id, "--output", "json");

        Assert.True(watched.ExitCode == 0, watched.Error);
        using var run = JsonDocument.Parse(watched.Output);
        Assert.Equal("completed", run.RootElement.GetProperty("state").GetString());
        var cycles = run.RootElement.GetProperty("cycles").EnumerateArray().ToArray();
        Assert.Equal(2, cycles.Length);
        foreach (var cycle in cycles)
        {
            int Count(string name) => cycle.GetProperty(name).GetInt32();
            int withoutScore = cycle.GetProperty("rejections").EnumerateObject().Sum(reason => reason.Value.GetInt32());
            Assert.False(cycle.GetProperty("rejections").TryGetProperty("worker_died", out _), "a worker died");
            Assert.Equal(Count("requested"), Count("generated"));
            Assert.Equal(Count("requested"), Count("finished"));
            Assert.Equal(Count("requested"), Count("scored") + withoutScore);
            Assert.InRange(Count("above_threshold"), Count("novel"), Count("scored"));
            Assert.InRange(Count("admitted"), 0, Count("novel"));
            Assert.Equal(Count("scored"), cycle.GetProperty("mean_accuracy").GetProperty("n").GetInt32());
        }

        string first = cycles[0].GetProperty("adapter_digest").GetString()!;
        string second = cycles[1].GetProperty("adapter_digest").GetString()!;
        Assert.Equal("", first);
        Assert.StartsWith("sha256:", second, StringComparison.Ordinal);
        await AssertCandidatesCarryTheirAdapterAsync(id, [first, second], limit.Token);
        await AssertExportHoldsTheResultsAsync(id, cycles.Sum(cycle => cycle.GetProperty("admitted").GetInt32()), limit.Token);
    }

    private async Task AssertCandidatesCarryTheirAdapterAsync(string id, string[] adapters, CancellationToken cancellationToken)
    {
        var listed = await fixture.System.NnGptAsync(cancellationToken, "candidates", "list", id, "--limit", "1000", "--output", "json");
        using var json = JsonDocument.Parse(listed.Output);
        var candidates = json.RootElement.EnumerateArray().ToArray();
        Assert.Equal(candidates.Length, candidates.Select(candidate => candidate.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(candidates, candidate => Assert.Equal(
            adapters[candidate.GetProperty("cycle").GetInt32()],
            candidate.GetProperty("origin").GetProperty("adapter_digest").GetString()));
    }

    private async Task AssertExportHoldsTheResultsAsync(string id, int admitted, CancellationToken cancellationToken)
    {
        string directory = Path.Combine(fixture.System.Home, "export");
        var exported = await fixture.System.NnGptAsync(cancellationToken, "export", id, "--out", directory);
        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Equal(admitted, Directory.GetFiles(Path.Combine(directory, "architectures"), "*.py").Length);
        Assert.Equal(admitted, File.ReadLines(Path.Combine(directory, "corpus.jsonl")).Count());
        Assert.True(File.Exists(Path.Combine(directory, "adapter", "adapter_config.json")));
        Assert.True(File.Exists(Path.Combine(directory, "adapter", "adapter_model.safetensors")));
        Assert.Equal(3, File.ReadLines(Path.Combine(directory, "cycles.csv")).Count());
    }
}

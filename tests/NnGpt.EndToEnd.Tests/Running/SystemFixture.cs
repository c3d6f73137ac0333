using System.Text.Json;
using NnGpt.EndToEnd.Tests.Running;

[assembly: AssemblyFixture(typeof(SystemFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace NnGpt.EndToEnd.Tests.Running;

/// <summary>One running system for the tests that leave it as they found it.</summary>
public sealed class SystemFixture : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("nngpt-end-to-end-").FullName;
    private RunningSystem? _system;

    internal RunningSystem System => _system ?? throw new InvalidOperationException("the system was not started");

    public async ValueTask InitializeAsync() => _system = await RunningSystem.StartAsync(_home, CancellationToken.None, "--Generator:AllowRuntimeAdapters=true");

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        Directory.Delete(_home, recursive: true);
    }

    /// <summary>A profile of these tests: Profiles/NAME.yaml.</summary>
    internal static string ProfileOfTests(string name) => Path.Combine(AppContext.BaseDirectory, "Profiles", $"{name}.yaml");

    /// <summary>Starts an experiment of a profile, by name or path, and gives its id.</summary>
    internal async Task<string> StartExperimentAsync(string profile, CancellationToken cancellationToken)
    {
        var started = await System.NnGptAsync(cancellationToken, "run", "start", profile, "--output", "json");
        Assert.True(started.ExitCode == 0, started.Error + System.Output);
        using var json = JsonDocument.Parse(started.Output);
        return json.RootElement.GetProperty("id").GetString()!;
    }
}

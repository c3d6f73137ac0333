using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Grpc.Net.Client;
using NnGpt.Protocol.V1;

namespace NnGpt.EndToEnd.Tests.Running;

/// <summary>The whole system under its AppHost, with a data directory of its own.</summary>
internal sealed partial class RunningSystem : IAsyncDisposable
{
    private static readonly TimeSpan s_startDeadline = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_stopDeadline = TimeSpan.FromMinutes(5);

    private readonly Process _appHost;
    private readonly Task _output;
    private readonly List<string> _lines = [];

    private RunningSystem(Process appHost, string home)
    {
        _appHost = appHost;
        Home = home;
        _output = Task.WhenAll(CollectAsync(appHost.StandardOutput), CollectAsync(appHost.StandardError));
    }

    public string Home { get; }

    public int ProcessId => _appHost.Id;

    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines.TakeLast(60));
            }
        }
    }

    public static async Task<RunningSystem> StartAsync(string home, CancellationToken cancellationToken, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Checkout.AppHost, .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NNGPT_HOME"] = home },
        };
        var system = new RunningSystem(Process.Start(start)!, home);
        try
        {
            await Eventually.GetAsync("the system is ready", s_startDeadline, async () => await system.IsReadyAsync(cancellationToken) ? "ready" : null, cancellationToken);
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }

        return system;
    }

    /// <summary>Process ids of a resource's replicas, by the AppHost's state file.</summary>
    public IReadOnlyList<int> ProcessIdsOf(string resource)
    {
        using var state = ReadState();
        return state is null
            ? []
            : [.. state.RootElement.GetProperty("resources").EnumerateArray()
                .Where(entry => entry.GetProperty("resource").GetString() == resource && entry.GetProperty("pid").ValueKind == JsonValueKind.Number)
                .Select(entry => entry.GetProperty("pid").GetInt32())];
    }

    public GrpcChannel ConnectToCoordinator() => GrpcChannel.ForAddress(AddressOf("coordinator", "grpc"));

    /// <summary>Address of an endpoint, by the AppHost's state file.</summary>
    public string AddressOf(string resource, string endpoint)
    {
        using var state = ReadState() ?? throw new InvalidOperationException("no state file");
        return state.RootElement.GetProperty("resources").EnumerateArray()
            .First(entry => entry.GetProperty("resource").GetString() == resource)
            .GetProperty("endpoints").GetProperty(endpoint).GetString()!;
    }

    /// <summary>Runs `nngpt ARGUMENTS` against this system.</summary>
    public async Task<CommandResult> NnGptAsync(CancellationToken cancellationToken, params string[] arguments) =>
        await CommandResult.RunAsync("dotnet", [Checkout.CommandLine, .. arguments], Home, cancellationToken);

    public async Task<Experiment> GetAsync(Protocol.V1.Experiments.ExperimentsClient client, string id, CancellationToken cancellationToken) =>
        await client.GetAsync(new GetExperimentRequest { Id = id }, deadline: DateTime.UtcNow.AddSeconds(20), cancellationToken: cancellationToken);

    public async Task TerminateAsync(TimeSpan deadline)
    {
        Kill(_appHost.Id, 15);
        using var limit = new CancellationTokenSource(deadline);
        await _appHost.WaitForExitAsync(limit.Token);
    }

    public async Task KillAsync()
    {
        Kill(_appHost.Id, 9);
        await _appHost.WaitForExitAsync(CancellationToken.None);
    }

    public static void KillProcess(int id) => Kill(id, 9);

    public async ValueTask DisposeAsync()
    {
        if (!_appHost.HasExited)
        {
            await TerminateAsync(s_stopDeadline);
        }

        await _output;
        _appHost.Dispose();
    }

    private JsonDocument? ReadState()
    {
        string path = Path.Combine(Home, "apphost.json");
        return File.Exists(path) ? JsonDocument.Parse(File.ReadAllBytes(path)) : null;
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (_appHost.HasExited)
        {
            throw new InvalidOperationException($"the AppHost ended with {_appHost.ExitCode}:\n{Output}");
        }

        using var state = ReadState();
        if (state is null || !state.RootElement.GetProperty("resources").EnumerateArray().All(entry => entry.GetProperty("health").GetString() == "healthy"))
        {
            return false;
        }

        await Task.CompletedTask.WaitAsync(cancellationToken);
        return true;
    }

    private async Task CollectAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}

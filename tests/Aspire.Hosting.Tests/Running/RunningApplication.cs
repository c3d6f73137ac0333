using System.Collections.Concurrent;
using System.Text;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Tests.Running;

/// <summary>An application that runs inside the test's process; its resources are real processes.</summary>
internal sealed class RunningApplication : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Orchestrator _orchestrator;
    private readonly Lines _lines = new();
    private readonly Task _run;

    private RunningApplication(IDistributedApplicationBuilder builder, OrchestratorOptions options)
    {
        _orchestrator = new Orchestrator([.. builder.Resources], options, TextWriter.Synchronized(_lines));
        _run = Task.Run(() => _orchestrator.RunAsync(_stop.Token, CancellationToken.None));
    }

    public IReadOnlyCollection<string> Output => _lines.Written;

    public IReadOnlyList<ResourceState> States => _orchestrator.States;

    public static OrchestratorOptions Quick(string dataDirectory) => new()
    {
        DataDirectory = dataDirectory,
        ProbeInterval = TimeSpan.FromMilliseconds(20),
        HealthyProbeInterval = TimeSpan.FromMilliseconds(20),
        Restart = new RestartBackoff.Settings { First = TimeSpan.FromMilliseconds(1), Longest = TimeSpan.FromMilliseconds(5), MaxFailures = 4 },
    };

    public static IDistributedApplicationBuilder CreateBuilder(params string[] args) => DistributedApplication.CreateBuilder(args);

    public static RunningApplication Start(IDistributedApplicationBuilder builder, OrchestratorOptions options) => new(builder, options);

    public ResourceState State(string name) => States.FirstOrDefault(state => state.Name == name)
        ?? new ResourceState(name, name, "", "absent", "unknown", null, null, null, null, 0, null, null, new Dictionary<string, string>(), null);

    public async Task UntilAsync(string name, Func<ResourceState, bool> condition, string what) =>
        await Eventually.TrueAsync($"{name} {what}", () =>
        {
            if (_run.IsFaulted)
            {
                _run.GetAwaiter().GetResult();
            }

            return condition(State(name));
        });

    public async Task UntilHealthyAsync(params string[] names)
    {
        foreach (string name in names)
        {
            await UntilAsync(name, state => state.Health == "healthy", "is healthy");
        }
    }

    public Task ResultAsync() => _run;

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ContinueWith(_ => { }, TaskScheduler.Default);
        await _orchestrator.DisposeAsync();
        _stop.Dispose();
    }

    private sealed class Lines : TextWriter
    {
        public ConcurrentQueue<string> Written { get; } = [];

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => Written.Enqueue(value ?? "");
    }
}

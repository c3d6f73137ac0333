using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Keeps one process of a resource running: waits for what it needs, starts it, watches its health, starts it again.</summary>
internal sealed class ResourceRunner : IDisposable
{
    private readonly OrchestratorOptions _options;
    private readonly Func<CancellationToken, Task<ProcessCommand>> _prepare;
    private readonly IHealthProbe? _probe;
    private readonly GroupReaper _reaper;
    private readonly RestartBackoff _backoff;
    private readonly Action<string> _say;
    private readonly Action _changed;
    private readonly ResourceLog _log;
    private readonly Action<string, string> _show;
    private readonly TaskCompletionSource _healthyOnce = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly ConsoleHistory _console = new();
    private TaskCompletionSource _wanted = Completed();
    private TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _pause = new();
    private ChildProcess? _child;
    private Task _run = Task.CompletedTask;
    private ResourceState _state;

    public ResourceRunner(
        IResource resource, int replica, int replicas, ResourceLog log, OrchestratorOptions options, RunnerServices services)
    {
        Resource = resource;
        _log = log;
        _options = options;
        _prepare = services.Prepare;
        _probe = services.Probe;
        _reaper = services.Reaper;
        _show = services.Show;
        _say = services.Say;
        _changed = services.Changed;
        _backoff = new RestartBackoff(options.Restart);
        Name = NameOf(resource, replica, replicas);
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToDictionary(endpoint => endpoint.Name, endpoint => endpoint.Url(replica));
        _state = new ResourceState(
            Name, resource.Name, ResourceKind.Of(resource), Word(ResourceStatus.Waiting), "unknown", null, null, null, null, 0, null, null, endpoints, log.Path);
    }

    public IResource Resource { get; }

    public string Name { get; }

    public ResourceState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>What the process printed last.</summary>
    public ConsoleHistory Console => _console;

    /// <summary>The environment that the process was started with; empty before the first start.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = ProcessCommand.NoEnvironment;

    /// <summary>Completes when the process has been healthy for the first time.</summary>
    public Task HealthyOnce => _healthyOnce.Task;

    public static string NameOf(IResource resource, int replica, int replicas) =>
        replicas == 1 ? resource.Name : string.Create(CultureInfo.InvariantCulture, $"{resource.Name}-{replica}");

    public static string Word(ResourceStatus status) => status.ToString().ToLowerInvariant();

    public void Start(IReadOnlyList<ResourceRunner> dependencies) => _run = RunAsync(dependencies);

    /// <summary>Asks the process to end and kills it after the deadline, or at once when <paramref name="kill"/> says so.</summary>
    public async Task StopAsync(CancellationToken kill)
    {
        await _stop.CancelAsync();
        ChildProcess? child;
        lock (_lock)
        {
            child = _child;
        }

        if (child is not null)
        {
            Update(state => state with { Status = Word(ResourceStatus.Stopping), Detail = null });
            child.RequestStop();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(kill);
        limit.CancelAfter(_options.StopDeadline);
        try
        {
            await _run.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            if (!kill.IsCancellationRequested)
            {
                _say(string.Create(CultureInfo.InvariantCulture, $"{Name} did not stop in {_options.StopDeadline.TotalSeconds:0.#} s and is killed"));
            }

            KillNow();
            await _run;
        }
    }

    /// <summary>Ends the process, after the deadline by force, and starts none until <see cref="Resume"/>.</summary>
    public async Task HaltAsync()
    {
        ChildProcess? child;
        Task idle;
        lock (_lock)
        {
            if (_wanted.Task.IsCompleted)
            {
                _wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            child = _child;
            idle = _idle.Task;
            _pause.Cancel();
        }

        if (child is not null)
        {
            Update(state => state with { Status = Word(ResourceStatus.Stopping), Detail = null });
            child.RequestStop();
        }

        try
        {
            await Task.WhenAny(idle, _run).WaitAsync(_options.StopDeadline, _options.TimeProvider);
        }
        catch (TimeoutException)
        {
            lock (_lock)
            {
                _child?.KillGroup();
            }

            await Task.WhenAny(idle, _run);
        }
    }

    /// <summary>Starts the process again that was halted, has failed too often or waits for its next start.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _backoff.Reset();
            _wanted.TrySetResult();
            _pause.Cancel();
        }
    }

    public void KillNow()
    {
        _stop.Cancel();
        lock (_lock)
        {
            _child?.KillGroup();
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _pause.Dispose();
        _log.Dispose();
    }

    private bool IsWanted
    {
        get
        {
            lock (_lock)
            {
                return _wanted.Task.IsCompleted;
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private async Task RunAsync(IReadOnlyList<ResourceRunner> dependencies)
    {
        // Finished or failed: that remains what is said of it.
        bool over = false;
        try
        {
            await WaitForDependenciesAsync(dependencies);
            while (!_stop.IsCancellationRequested)
            {
                await WaitUntilWantedAsync();
                var (exitCode, uptime, wasHealthy) = await RunOnceAsync();
                if (!_stop.IsCancellationRequested && IsWanted && !await PauseBeforeRestartAsync(exitCode, uptime, wasHealthy))
                {
                    over = true;
                    await WaitForResumeAsync();
                    over = false;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // stopped while it waited
        }
        catch (DistributedApplicationException failure)
        {
            _say($"{Name} cannot be started: {failure.Message}");
            Update(state => state with { Status = Word(ResourceStatus.Failed), Health = "unhealthy", Detail = failure.Message });
            return;
        }

        if (!over)
        {
            Update(state => state with { Status = Word(ResourceStatus.Stopped), Health = "unknown", Detail = null, NextStart = null });
        }
    }

    private async Task WaitUntilWantedAsync()
    {
        Task wanted;
        lock (_lock)
        {
            wanted = _wanted.Task;
            if (!wanted.IsCompleted)
            {
                _idle.TrySetResult();
            }
        }

        if (!wanted.IsCompleted)
        {
            Update(state => state with { Status = Word(ResourceStatus.Stopped), Health = "unknown", Detail = "stopped by a command", NextStart = null });
            await wanted.WaitAsync(_stop.Token);
        }
    }

    private async Task WaitForResumeAsync()
    {
        lock (_lock)
        {
            _wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _idle.TrySetResult();
        }

        await _wanted.Task.WaitAsync(_stop.Token);
    }

    private async Task WaitForDependenciesAsync(IReadOnlyList<ResourceRunner> dependencies)
    {
        foreach (var dependency in dependencies)
        {
            if (!dependency.HealthyOnce.IsCompleted)
            {
                Update(state => state with { Detail = $"waits for {dependency.Name}" });
                await dependency.HealthyOnce.WaitAsync(_stop.Token);
            }
        }
    }

    private async Task<(int ExitCode, TimeSpan Uptime, bool WasHealthy)> RunOnceAsync()
    {
        Update(state => state with { Status = Word(ResourceStatus.Starting), Health = "unknown", Detail = null, NextStart = null });
        var command = await _prepare(_stop.Token);
        Environment = command.Environment;
        long startedAt = _options.TimeProvider.GetTimestamp();
        using var child = await ChildProcess.StartAsync(command, OnLine);
        _reaper.Add(child.Id);
        lock (_lock)
        {
            _child = child;
        }

        if (_stop.IsCancellationRequested || !IsWanted)
        {
            child.RequestStop();
        }

        Update(state => state with
        {
            Status = Word(ResourceStatus.Running),
            Pid = child.Id,
            ProcessStart = ProcessTable.StartTime(child.Id),
            StartedAt = _options.TimeProvider.GetUtcNow(),
        });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var health = WatchHealthAsync(ended.Token);
        int exitCode = await child.WaitForExitAsync();
        _reaper.Remove(child.Id);
        await ended.CancelAsync();
        bool wasHealthy = await health;
        lock (_lock)
        {
            _child = null;
        }

        Update(state => state with { Pid = null, ProcessStart = null, ExitCode = exitCode, Health = "unknown" });
        return (exitCode, _options.TimeProvider.GetElapsedTime(startedAt), wasHealthy);
    }

    private async Task<bool> PauseBeforeRestartAsync(int exitCode, TimeSpan uptime, bool wasHealthy)
    {
        if (exitCode == 0 && Resource is ExecutableResource)
        {
            Update(state => state with { Status = Word(ResourceStatus.Finished), Health = "healthy" });
            _healthyOnce.TrySetResult();
            return false;
        }

        string how = ExitDescription.Of(exitCode);
        if (_backoff.Next(uptime, wasHealthy) is not { } pause)
        {
            string detail = $"{how} {_options.Restart.MaxFailures + 1} times in a row; see {_log.Path}";
            _say($"{Name} {detail}. It is not started again.");
            Update(state => state with { Status = Word(ResourceStatus.Failed), Health = "unhealthy", Detail = detail });
            return false;
        }

        _say(string.Create(CultureInfo.InvariantCulture, $"{Name} {how}; starts again in {pause.TotalSeconds:0.#} s"));
        Update(state => state with
        {
            Status = Word(ResourceStatus.Restarting),
            Health = "unhealthy",
            Detail = how,
            Restarts = state.Restarts + 1,
            NextStart = _options.TimeProvider.GetUtcNow() + pause,
        });
        CancellationToken cut;
        lock (_lock)
        {
            if (_pause.IsCancellationRequested)
            {
                _pause.Dispose();
                _pause = new CancellationTokenSource();
            }

            cut = _pause.Token;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cut);
        try
        {
            await Task.Delay(pause, _options.TimeProvider, either.Token);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            // a command does not wait for it
        }

        return true;
    }

    // Returns whether the process was healthy at any time.
    private async Task<bool> WatchHealthAsync(CancellationToken cancellationToken)
    {
        bool wasHealthy = false;
        int failures = 0;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                string? problem = _probe is null ? null : await ProbeAsync(cancellationToken);
                failures = problem is null ? 0 : failures + 1;
                if (problem is null)
                {
                    wasHealthy = true;
                    Update(state => state with { Health = "healthy", Detail = null });
                    _healthyOnce.TrySetResult();
                }
                else if (!wasHealthy || failures >= _options.UnhealthyAfter)
                {
                    Update(state => state with { Health = "unhealthy", Detail = problem });
                }

                if (_probe is null)
                {
                    break;
                }

                var pause = problem is null ? _options.HealthyProbeInterval : _options.ProbeInterval;
                await Task.Delay(pause, TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the process ended, or is about to be stopped
        }

        return wasHealthy;
    }

    private async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.ProbeTimeout);
        try
        {
            return await _probe!.CheckAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"no answer in {_options.ProbeTimeout.TotalSeconds:0.#} s");
        }
    }

    private void OnLine(string line)
    {
        _log.WriteLine(line);
        _console.Add(line, _options.TimeProvider.GetUtcNow());
        _show(Name, line);
    }

    private void Update(Func<ResourceState, ResourceState> change)
    {
        lock (_lock)
        {
            var next = change(_state);
            if (next == _state)
            {
                return;
            }

            _state = next;
        }

        _changed();
    }
}

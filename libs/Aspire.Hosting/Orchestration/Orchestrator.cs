using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ResourceService;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs the resources of an application as child processes, from the lock on its data directory to the last stopped process.</summary>
internal sealed class Orchestrator : IAsyncDisposable
{
    private const string OwnName = "apphost";

    private readonly IReadOnlyList<IResource> _resources;
    private readonly OrchestratorOptions _options;
    private readonly ConsoleOutput _console;
    private readonly DateTimeOffset _startedAt;
    private readonly List<ResourceRunner> _runners = [];
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Lock _stateLock = new();
    private readonly ChangeSignal _changes = new();
    private DataDirectory? _dataDirectory;
    private ResourceLog? _ownLog;
    private GroupReaper? _reaper;
    private ResourceServiceHost? _resourceService;
    private string _status = "starting";

    public Orchestrator(IReadOnlyList<IResource> resources, OrchestratorOptions options, TextWriter output)
    {
        _resources = resources;
        _options = options;
        _console = new ConsoleOutput(output, ConsoleOutput.WantsColour(output));
        _startedAt = options.TimeProvider.GetUtcNow();
    }

    /// <summary>The processes as they are now.</summary>
    public IReadOnlyList<ResourceState> States => [.. _runners.Select(runner => runner.State)];

    /// <exception cref="DistributedApplicationException">Something keeps the application from starting; nothing runs then.</exception>
    public async Task RunAsync(CancellationToken stop, CancellationToken kill)
    {
        var stopGroups = ResourceOrder.StopGroups(_resources);
        _dataDirectory = DataDirectory.Open(_options.DataDirectory);
        await Leftovers.WaitForEndAsync(_dataDirectory.StateFile, _options.TimeProvider, stop);
        _ownLog = _dataDirectory.OpenLog(OwnName, _options.LogFileBytes);
        _reaper = await GroupReaper.StartAsync();
        CreateRunners();
        Say($"data directory {_dataDirectory.Path}");
        if (_options.ResourceServiceApiKey is { } key)
        {
            _resourceService = await ResourceServiceHost.StartAsync(_runners, key, _changes, stop);
            _options.ResourceServiceStarted?.Invoke(_resourceService.Url);
        }

        foreach (var runner in _runners)
        {
            runner.Start([.. ResourceOrder.Waits(runner.Resource).SelectMany(RunnersOf)]);
        }

        try
        {
            await Task.WhenAll(_runners.Select(runner => runner.HealthyOnce).Append(SayUrlsAsync(stop))).WaitAsync(stop);
            SetStatus("running");
            SayReady();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await StopAsync(stopGroups, kill);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_resourceService is not null)
        {
            await _resourceService.DisposeAsync();
        }

        foreach (var runner in _runners)
        {
            runner.KillNow();
            await runner.StopAsync(new CancellationToken(canceled: true));
            runner.Dispose();
        }

        _reaper?.Dispose();
        _client.Dispose();
        _ownLog?.Dispose();
        _dataDirectory?.Dispose();
    }

    private void CreateRunners()
    {
        var programs = _resources.Where(resource => resource is ProjectResource or ExecutableResource or IProcessResource { IsExternal: false }).ToList();
        AllocatePorts(programs);
        var commands = new CommandBuilder(_dataDirectory!, _options);
        foreach (var resource in programs)
        {
            commands.Program(resource);
            int replicas = Replicas(resource);
            for (int i = 0; i < replicas; i++)
            {
                int replica = i;
                string name = ResourceRunner.NameOf(resource, replica, replicas);
                _console.Register(name);
                var services = new RunnerServices(
                    cancellationToken => commands.BuildAsync(resource, replica, name, cancellationToken),
                    CreateProbe(resource, replica), _reaper!, _console.WriteLine, Say, WriteState);
                var log = _dataDirectory!.OpenLog(name, _options.LogFileBytes);
                _runners.Add(new ResourceRunner(resource, replica, replicas, log, _options, services));
            }
        }
    }

    private static void AllocatePorts(List<IResource> programs)
    {
        var ports = new LoopbackPorts();
        var endpoints = programs.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (resource, endpoint))).ToList();

        // The ports somebody asked for first, so that no free one is given out that is asked for later.
        foreach (var (resource, endpoint) in endpoints.Where(pair => pair.endpoint.Port is not null))
        {
            endpoint.Allocate(Replicas(resource) == 1
                ? ports.Claim(endpoint.Port!.Value, resource.Name, endpoint.Name)
                : throw new DistributedApplicationException($"endpoint '{endpoint.Name}' of '{resource.Name}' has a fixed port, but there are {Replicas(resource)} replicas"));
        }

        foreach (var (resource, endpoint) in endpoints.Where(pair => pair.endpoint.Port is null))
        {
            for (int replica = 0; replica < Replicas(resource); replica++)
            {
                endpoint.Allocate(ports.Allocate());
            }
        }
    }

    private static int Replicas(IResource resource) => resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

    private IHealthProbe? CreateProbe(IResource resource, int replica)
    {
        if (resource is IProcessResource process)
        {
            return process.CreateProbe();
        }

        if (resource.Annotations.OfType<HttpHealthCheckAnnotation>().LastOrDefault() is not { } check)
        {
            return null;
        }

        var endpoint = resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(candidate => candidate.Name == check.EndpointName)
            ?? throw new DistributedApplicationException($"the health check of '{resource.Name}' names an endpoint '{check.EndpointName}' that it has not");
        return new HttpHealthProbe(_client, new Uri(endpoint.Url(replica) + check.Path), check.StatusCode);
    }

    private IEnumerable<ResourceRunner> RunnersOf(IResource resource) => _runners.Where(runner => runner.Resource == resource);

    private async Task StopAsync(IReadOnlyList<IReadOnlyList<IResource>> stopGroups, CancellationToken kill)
    {
        Say("stopping");
        if (_resourceService is not null)
        {
            await _resourceService.DisposeAsync();
        }

        SetStatus("stopping");
        foreach (var group in stopGroups)
        {
            await Task.WhenAll(group.SelectMany(RunnersOf).Select(runner => runner.StopAsync(kill)));
        }

        File.Delete(_dataDirectory!.StateFile);
        File.Delete(_dataDirectory.UrlFile);
        Say("stopped");
    }

    private void SayReady()
    {
        foreach (var state in States)
        {
            string addresses = string.Join("  ", state.Endpoints.Where(endpoint => !endpoint.Value.StartsWith("tcp:", StringComparison.Ordinal)).Select(endpoint => $"{endpoint.Key} {endpoint.Value}"));
            Say(string.Create(CultureInfo.InvariantCulture, $"{state.Name,-12} process {state.Pid,-8} {addresses}").TrimEnd());
        }

        double seconds = (_options.TimeProvider.GetUtcNow() - _startedAt).TotalSeconds;
        Say(string.Create(CultureInfo.InvariantCulture, $"ready in {seconds:0.0} s; Ctrl-C stops everything"));
    }

    // As soon as they can be opened: a page may show how the rest starts. They may hold a token, so they are for the console
    // and for a file of this user, not for the log.
    private async Task SayUrlsAsync(CancellationToken stop)
    {
        var told = new List<string>();
        foreach (var resource in _resources.Where(resource => ResourceUrlAnnotation.Of(resource).Any()))
        {
            await Task.WhenAll(RunnersOf(resource).Select(runner => runner.HealthyOnce)).WaitAsync(stop);
            foreach (var (name, url) in ResourceUrlAnnotation.Of(resource))
            {
                told.Add(url);
                _console.WriteLine(OwnName, $"{name}: {url}");
            }
        }

        if (told.Count > 0)
        {
            DataDirectory.WritePrivate(_dataDirectory!.UrlFile, string.Concat(told.Select(url => $"{url}\n")));
        }
    }

    private void Say(string line)
    {
        _ownLog?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_options.TimeProvider.GetUtcNow():yyyy-MM-dd HH:mm:ss.fff} {line}"));
        _console.WriteLine(OwnName, line);
    }

    private void SetStatus(string status)
    {
        _status = status;
        WriteState();
    }

    private void WriteState()
    {
        _changes.Notify();
        lock (_stateLock)
        {
            List<ResourceState> resources = [.. States, .. _resources.Where(resource => resource is IProcessResource { IsExternal: true } or ConnectionStringResource).Select(External)];
            var state = new ApplicationState(Environment.ProcessId, _startedAt, _status, _dataDirectory!.Path, resources);
            string file = _dataDirectory.StateFile;
            try
            {
                File.WriteAllBytes(file + ".new", JsonSerializer.SerializeToUtf8Bytes(state, ApplicationStateJson.Default.ApplicationState));
                File.Move(file + ".new", file, overwrite: true);
            }
            catch (IOException failure)
            {
                Say($"{file} cannot be written: {failure.Message}");
            }
        }
    }

    private static ResourceState External(IResource resource) => new(
        resource.Name, resource.Name, ResourceKind.Of(resource), ResourceRunner.Word(ResourceStatus.External), "healthy", null, null, null, null, 0, null, null,
        new Dictionary<string, string>(), null);
}

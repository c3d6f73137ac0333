using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

/// <summary>An application of several programs, run on this machine as child processes.</summary>
public sealed class DistributedApplication
{
    private readonly IReadOnlyList<IResource> _resources;
    private readonly OrchestratorOptions _options;

    internal DistributedApplication(IDistributedApplicationBuilder builder)
    {
        _resources = [.. builder.Resources];
        _options = OrchestratorOptions.From(builder.Configuration, builder.AppHostDirectory);
    }

    /// <summary>Starts the description of an application. <paramref name="args"/> are settings: --Section:Key=value.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    /// <summary>
    /// Runs the application until Ctrl-C, SIGTERM or SIGHUP, then stops its resources in reverse order.
    /// What keeps it from starting is written as one line to the error stream, and the process' exit code is then 1.
    /// </summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="Run"/>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var interrupts = new InterruptSource(cancellationToken);
        try
        {
            await RunAsync(Console.Out, interrupts.Stop, interrupts.Kill);
        }
        catch (DistributedApplicationException failure)
        {
            await Console.Error.WriteLineAsync($"error: {failure.Message}");
            Environment.ExitCode = 1;
        }
        catch (OperationCanceledException) when (interrupts.Stop.IsCancellationRequested)
        {
            // stopped before anything had started
        }
    }

    internal async Task RunAsync(TextWriter output, CancellationToken stop, CancellationToken kill)
    {
        await using var orchestrator = new Orchestrator(_resources, _options, output);
        await orchestrator.RunAsync(stop, kill);
    }
}

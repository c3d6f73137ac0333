using Aspire.Hosting.Orchestration;
using Aspire.ResourceService.Proto.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Resource = Aspire.ResourceService.Proto.V1.Resource;

namespace Aspire.Hosting.ResourceService;

/// <summary>Resources, their console output and their commands.</summary>
internal sealed class DashboardServiceImpl(DashboardServiceState state, IHostApplicationLifetime lifetime) : DashboardService.DashboardServiceBase
{
    private const int LinesInMessage = 1000;

    // Several changes within this time are told as one.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public override Task<ApplicationInformationResponse> GetApplicationInformation(ApplicationInformationRequest request, ServerCallContext context) =>
        Task.FromResult(new ApplicationInformationResponse { ApplicationName = AppDomain.CurrentDomain.FriendlyName });

    public override Task WatchResources(WatchResourcesRequest request, IServerStreamWriter<WatchResourcesUpdate> responseStream, ServerCallContext context)
    {
        var told = new Dictionary<string, Resource>(StringComparer.Ordinal);
        return WatchAsync(state.Changes, context, async cancellationToken =>
        {
            var changed = state.Runners.Select(ResourceMessages.Describe).Where(now => !now.Equals(told.GetValueOrDefault(now.Name))).ToList();
            bool first = told.Count == 0;
            foreach (var resource in changed)
            {
                told[resource.Name] = resource;
            }

            if (first)
            {
                await responseStream.WriteAsync(new WatchResourcesUpdate { InitialData = new InitialResourceData { Resources = { changed } } }, cancellationToken);
            }
            else if (changed.Count > 0)
            {
                await responseStream.WriteAsync(new WatchResourcesUpdate { Changes = new WatchResourcesChanges { Upserts = { changed } } }, cancellationToken);
            }
        });
    }

    public override Task WatchResourceConsoleLogs(
        WatchResourceConsoleLogsRequest request, IServerStreamWriter<WatchResourceConsoleLogsUpdate> responseStream, ServerCallContext context)
    {
        var console = Find(request.ResourceName).Console;
        long last = 0;
        return WatchAsync(console.Changes, context, async cancellationToken =>
        {
            while (console.After(last, LinesInMessage) is { Count: > 0 } lines)
            {
                var update = new WatchResourceConsoleLogsUpdate();
                update.LogLines.Add(lines.Select(line => new ConsoleLogLine { LineNumber = line.Number, Text = line.Text, ReceivedAt = Timestamp.FromDateTimeOffset(line.At) }));
                await responseStream.WriteAsync(update, cancellationToken);
                last = lines[^1].Number;
            }
        });
    }

    public override async Task<ResourceCommandResponse> ExecuteResourceCommand(ResourceCommandRequest request, ServerCallContext context)
    {
        var runner = Find(request.ResourceName);
        var command = ResourceMessages.Describe(runner).Commands.FirstOrDefault(known => known.Name == request.CommandName)
            ?? throw new RpcException(new Status(StatusCode.InvalidArgument, $"there is no command '{request.CommandName}'"));
        if (!command.Enabled)
        {
            return new ResourceCommandResponse { Kind = ResourceCommandResponseKind.Failed, Message = $"{runner.Name} is {runner.State.Status}" };
        }

        if (command.Name is ResourceMessages.Stop or ResourceMessages.Restart)
        {
            await runner.HaltAsync();
        }

        if (command.Name is ResourceMessages.Start or ResourceMessages.Restart)
        {
            runner.Resume();
        }

        return new ResourceCommandResponse { Kind = ResourceCommandResponseKind.Succeeded };
    }

    private ResourceRunner Find(string name) => state.Runners.FirstOrDefault(runner => runner.Name == name)
        ?? throw new RpcException(new Status(StatusCode.NotFound, $"there is no resource '{name}'"));

    private async Task WatchAsync(ChangeSignal changes, ServerCallContext context, Func<CancellationToken, Task> tell)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        using var subscription = changes.Subscribe();
        try
        {
            while (true)
            {
                await tell(either.Token);
                await subscription.WaitAsync(either.Token);
                await Task.Delay(s_pause, either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // the caller has left, or the AppHost stops
        }
    }
}

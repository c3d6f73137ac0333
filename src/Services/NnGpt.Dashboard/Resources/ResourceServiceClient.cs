using Aspire.ResourceService.Proto.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace NnGpt.Dashboard.Resources;

/// <summary>The AppHost's resource service, with its key.</summary>
internal sealed class ResourceServiceClient : IDisposable
{
    private static readonly TimeSpan s_commandDeadline = TimeSpan.FromSeconds(60);

    private readonly GrpcChannel? _channel;
    private readonly Metadata _headers;

    public ResourceServiceClient(IOptions<DashboardOptions> options)
    {
        _headers = new Metadata { { "x-resource-service-api-key", options.Value.ResourceServiceApiKey } };
        if (options.Value.ResourceServiceUrl is { } address)
            _channel = GrpcChannel.ForAddress(address);
    }

    /// <exception cref="RpcException">NOT_FOUND when the dashboard runs without an AppHost.</exception>
    public AsyncServerStreamingCall<WatchResourcesUpdate> WatchResources(CancellationToken cancellationToken) =>
        Client().WatchResources(new WatchResourcesRequest(), _headers, cancellationToken: cancellationToken);

    public AsyncServerStreamingCall<WatchResourceConsoleLogsUpdate> WatchConsole(string resource, CancellationToken cancellationToken) =>
        Client().WatchResourceConsoleLogs(new WatchResourceConsoleLogsRequest { ResourceName = resource }, _headers, cancellationToken: cancellationToken);

    public async Task<ResourceCommandResponse> ExecuteAsync(string resource, string command, CancellationToken cancellationToken) =>
        await Client().ExecuteResourceCommandAsync(
            new ResourceCommandRequest { ResourceName = resource, CommandName = command }, _headers, DateTime.UtcNow + s_commandDeadline, cancellationToken);

    public void Dispose() => _channel?.Dispose();

    private DashboardService.DashboardServiceClient Client() => _channel is null
        ? throw new RpcException(new Status(StatusCode.NotFound, "The dashboard was started without an AppHost, so it knows of no resources."))
        : new DashboardService.DashboardServiceClient(_channel);
}

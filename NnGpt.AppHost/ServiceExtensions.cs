using Aspire.Hosting.ApplicationModel;

namespace NnGpt.AppHost;

/// <summary>What all services have in common.</summary>
internal static class ServiceExtensions
{
    /// <summary>Two ports: HTTP/1.1 for health, HTTP/2 without TLS for gRPC, because one port cannot speak both without TLS.</summary>
    public static IResourceBuilder<ProjectResource> ListensOnHttpAndGrpc(this IResourceBuilder<ProjectResource> service) =>
        service
            .WithHttpEndpoint(name: "http", env: "HTTP_PORT")
            .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
            .WithHttpHealthCheck("/health", endpointName: "http");

    /// <summary>Takes work from a queue and fetches artifacts from the Coordinator.</summary>
    public static IResourceBuilder<ProjectResource> WorksFor(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<ProjectResource> coordinator,
        IResourceBuilder<RabbitMQServerResource> rabbitmq) =>
        service
            .ListensOnHttpAndGrpc()
            .WithReference(rabbitmq).WaitFor(rabbitmq)
            .WithReference(coordinator).WaitFor(coordinator);
}

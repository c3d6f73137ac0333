using Aspire.Hosting.ApplicationModel;

namespace NnGpt.AppHost;

/// <summary>What all services have in common.</summary>
internal static class ServiceExtensions
{
    /// <summary>
    /// Takes its work from a queue and listens on two ports: HTTP/1.1 for health, HTTP/2 for gRPC, because without TLS one
    /// port cannot speak both. Its telemetry goes to the dashboard.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AsService(
        this IResourceBuilder<ProjectResource> project, IResourceBuilder<RabbitMQServerResource> rabbitmq,
        IResourceBuilder<ProjectResource> dashboard) =>
        project
            .WithHttpEndpoint(name: "http", env: "HTTP_PORT")
            .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
            .WithHttpHealthCheck("/health", endpointName: "http")
            .WithReference(rabbitmq).WaitFor(rabbitmq)
            .WithTelemetry(dashboard);
}

using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

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

    /// <summary>
    /// Hands a section of the AppHost's own settings down to a service. Secrets (ApiKey) are left out: they are not written into the
    /// state file, and a service finds them in the environment that it inherits.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithSettings(
        this IResourceBuilder<ProjectResource> project, IConfiguration configuration, string section)
    {
        foreach (var (name, value) in configuration.GetSection(section).AsEnumerable())
        {
            if (value is not null && !name.EndsWith("ApiKey", StringComparison.OrdinalIgnoreCase))
            {
                project.WithEnvironment(name.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        return project;
    }
}

using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>RabbitMQ as a resource.</summary>
public static class RabbitMQBuilderExtensions
{
    /// <summary>
    /// Adds a RabbitMQ broker, with Erlang's port mapper as a resource beside it.
    /// A connection string ConnectionStrings:<paramref name="name"/> in the configuration is used instead.
    /// </summary>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name, int? port = null)
    {
        string? external = builder.Configuration.GetConnectionString(name);
        var portMapper = builder.AddResource(new EpmdResource(name + "-epmd") { IsExternal = external is not null })
            .WithEndpoint(name: EpmdResource.EndpointName);
        return builder.AddResource(new RabbitMQServerResource(name) { ExternalConnectionString = external, PortMapper = portMapper.Resource })
            .WithEndpoint(port, "tcp", RabbitMQServerResource.AmqpEndpoint)
            .WithEndpoint(name: RabbitMQServerResource.DistributionEndpoint)
            .WaitFor(portMapper);
    }

    /// <summary>Where the broker keeps its data.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(this IResourceBuilder<RabbitMQServerResource> builder, string source) =>
        builder.WithAnnotation(new DataBindMountAnnotation(Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory)));
}

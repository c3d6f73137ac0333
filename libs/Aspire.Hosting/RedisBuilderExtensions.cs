using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Redis as a resource.</summary>
public static class RedisBuilderExtensions
{
    /// <summary>
    /// Adds a Redis server that keeps every acknowledged write (append-only file, synced each time).
    /// A connection string ConnectionStrings:<paramref name="name"/> in the configuration is used instead.
    /// </summary>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null)
    {
        var resource = new RedisResource(name) { ExternalConnectionString = builder.Configuration.GetConnectionString(name) };
        return builder.AddResource(resource).WithEndpoint(port, "tcp", RedisResource.EndpointName);
    }

    /// <summary>Where the server keeps its data.</summary>
    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source) =>
        builder.WithAnnotation(new DataBindMountAnnotation(Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory)));
}

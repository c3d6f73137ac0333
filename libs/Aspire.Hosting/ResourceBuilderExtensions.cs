using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What can be said about every resource.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>Sets an environment variable.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = value ?? "");

    /// <summary>Sets an environment variable to an endpoint's address.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment =>
        builder.WithRelationship(endpointReference.Resource).WithEnvironment(context => context.EnvironmentVariables[name] = endpointReference);

    /// <summary>Sets an environment variable to a parameter's value.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = parameter.Resource);

    /// <summary>Fills the environment when the application starts.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment =>
        builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));

    /// <summary>Adds command line arguments.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs =>
        builder.WithAnnotation(new CommandLineArgsCallbackAnnotation(all =>
        {
            foreach (string argument in args)
            {
                all.Add(argument);
            }
        }));

    /// <summary>Injects ConnectionStrings__NAME, where NAME is the source's name unless <paramref name="connectionName"/> is given.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null)
        where TDestination : IResourceWithEnvironment =>
        builder.WithRelationship(source.Resource).WithEnvironment(context =>
            context.EnvironmentVariables[$"ConnectionStrings__{connectionName ?? source.Resource.Name}"] = source.Resource);

    /// <summary>Injects services__NAME__ENDPOINT__INDEX for every endpoint of the source; INDEX counts its replicas.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment =>
        builder.WithRelationship(source.Resource).WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.Annotations.OfType<EndpointAnnotation>())
            {
                for (int replica = 0; replica < endpoint.AllocatedPorts.Count; replica++)
                {
                    context.EnvironmentVariables[$"services__{source.Resource.Name}__{endpoint.Name}__{replica}"] = endpoint.Url(replica);
                }
            }
        });

    /// <summary>Starts the resource only when the other runs and is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.WithAnnotation(new WaitAnnotation(dependency.Resource));

    /// <summary>Adds an endpoint that speaks HTTP.</summary>
    /// <param name="builder">The resource that listens.</param>
    /// <param name="port">The port; any free one when null.</param>
    /// <param name="name">Name of the endpoint; "http" when null.</param>
    /// <param name="env">Environment variable that tells the program its port; ASPNETCORE_URLS is set when null.</param>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, string? name = null, string? env = null)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, "http", name ?? "http", env);

    /// <summary>Adds an endpoint.</summary>
    /// <exception cref="DistributedApplicationException">The resource has an endpoint of this name.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, string scheme = "tcp", string? name = null, string? env = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointAnnotation(name ?? scheme, scheme, port, env);
        if (builder.Resource.Annotations.OfType<EndpointAnnotation>().Any(other => other.Name == endpoint.Name))
        {
            throw new DistributedApplicationException($"'{builder.Resource.Name}' has two endpoints named '{endpoint.Name}'");
        }

        return builder.WithAnnotation(endpoint);
    }

    /// <summary>Says what a user opens of an endpoint: a path, e.g. "/login?t=...", or a whole address.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints
    {
        var url = new ResourceUrlAnnotation(endpointName);
        callback(url);
        return builder.WithAnnotation(url);
    }

    /// <summary>An endpoint of the resource, for the environment of others.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints =>
        new(builder.Resource, name);

    /// <summary>The resource is healthy when GET <paramref name="path"/> answers with <paramref name="statusCode"/>.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string path = "/", int statusCode = 200, string endpointName = "http")
        where T : IResourceWithEndpoints =>
        builder.WithAnnotation(new HttpHealthCheckAnnotation(endpointName, path, statusCode));

    internal static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource =>
        builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, "Reference"));
}

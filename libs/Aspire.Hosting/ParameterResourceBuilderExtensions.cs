using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Values of the configuration as resources.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds the setting Parameters:<paramref name="name"/>, which must be there when it is used.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(
            name,
            () => builder.Configuration[$"Parameters:{name}"]
                ?? throw new DistributedApplicationException($"parameter '{name}' has no value: give --Parameters:{name}=... or the environment variable Parameters__{name}"),
            secret));

    /// <summary>Adds the setting Parameters:<paramref name="name"/> with a value for when it is not given.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, string value, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => builder.Configuration[$"Parameters:{name}"] ?? value, secret));

    /// <summary>Adds something outside the application that is reached by the setting ConnectionStrings:<paramref name="name"/>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new ConnectionStringResource(
            name,
            () => builder.Configuration.GetConnectionString(name)
                ?? throw new DistributedApplicationException($"no connection string: give --ConnectionStrings:{name}=... or the environment variable ConnectionStrings__{name}")));
}

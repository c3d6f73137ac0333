using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>An application under construction.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>appsettings.json beside the AppHost, environment variables, command line arguments; the last one wins.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The AppHost's project folder: relative paths start here.</summary>
    string AppHostDirectory { get; }

    /// <summary>The resources so far.</summary>
    IList<IResource> Resources { get; }

    /// <summary>Adds a resource.</summary>
    /// <exception cref="DistributedApplicationException">There is one of this name already.</exception>
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;

    /// <summary>The finished application, not started yet.</summary>
    DistributedApplication Build();
}

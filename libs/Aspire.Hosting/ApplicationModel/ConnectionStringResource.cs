namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something outside the application, reached by a connection string of the configuration.</summary>
public sealed class ConnectionStringResource(string name, Func<string> callback)
    : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    /// <inheritdoc/>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => new(callback());
}

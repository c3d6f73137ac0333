namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that others reach by a connection string, injected as ConnectionStrings__NAME.</summary>
public interface IResourceWithConnectionString : IResource, IValueProvider
{
    /// <summary>The connection string; null when the resource was given none.</summary>
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetConnectionStringAsync(cancellationToken);
}

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint of a resource, before its port is known. With replicas it stands for the first.</summary>
public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IValueProvider
{
    /// <summary>The resource that listens.</summary>
    public IResourceWithEndpoints Resource { get; } = owner;

    /// <summary>Name of the endpoint.</summary>
    public string EndpointName { get; } = endpointName;

    /// <summary>The port, known once the application has started.</summary>
    /// <exception cref="InvalidOperationException">The application has not started, or the resource has no such endpoint.</exception>
    public int Port => Annotation.AllocatedPorts[0];

    /// <summary>The address, e.g. http://127.0.0.1:15001, known once the application has started.</summary>
    /// <exception cref="InvalidOperationException">The application has not started, or the resource has no such endpoint.</exception>
    public string Url => Annotation.Url(replica: 0);

    private EndpointAnnotation Annotation
    {
        get
        {
            var annotation = Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(candidate => candidate.Name == EndpointName)
                ?? throw new InvalidOperationException($"resource '{Resource.Name}' has no endpoint '{EndpointName}'");
            return annotation.AllocatedPorts.Count > 0
                ? annotation
                : throw new InvalidOperationException($"endpoint '{EndpointName}' of '{Resource.Name}' has no port before the application starts");
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);
}

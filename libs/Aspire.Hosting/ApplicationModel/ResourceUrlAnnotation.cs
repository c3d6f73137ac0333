namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address for users, told when the application is ready.</summary>
public sealed class ResourceUrlAnnotation(string endpointName) : IResourceAnnotation
{
    /// <summary>The endpoint that it is an address of.</summary>
    public string EndpointName { get; } = endpointName;

    /// <summary>A path at the endpoint, or a whole address.</summary>
    public string Url { get; set; } = "/";

    /// <summary>What it is called; the resource's name when null.</summary>
    public string? DisplayText { get; set; }

    internal static IEnumerable<(string Name, string Url)> Of(IResource resource) =>
        from annotation in resource.Annotations.OfType<ResourceUrlAnnotation>()
        join endpoint in resource.Annotations.OfType<EndpointAnnotation>() on annotation.EndpointName equals endpoint.Name
        where endpoint.AllocatedPorts.Count > 0
        select (annotation.DisplayText ?? resource.Name, new Uri(new Uri(endpoint.Url(0)), annotation.Url).AbsoluteUri);
}

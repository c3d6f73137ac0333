namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource uses the other: it is stopped before the other.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>What is used.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The kind of relation, e.g. "Reference".</summary>
    public string Type { get; } = type;
}

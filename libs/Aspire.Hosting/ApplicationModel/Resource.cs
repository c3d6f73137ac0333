namespace Aspire.Hosting.ApplicationModel;

/// <summary>Base of every resource.</summary>
public abstract class Resource(string name) : IResource
{
    /// <inheritdoc/>
    public string Name { get; } = ResourceName.Validate(name);

    /// <inheritdoc/>
    public ResourceAnnotationCollection Annotations { get; } = [];
}

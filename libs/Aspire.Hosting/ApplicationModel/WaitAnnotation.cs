namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource starts when the other is running and healthy.</summary>
public sealed class WaitAnnotation(IResource resource) : IResourceAnnotation
{
    /// <summary>What is waited for.</summary>
    public IResource Resource { get; } = resource;
}

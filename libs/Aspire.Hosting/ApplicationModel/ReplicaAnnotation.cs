namespace Aspire.Hosting.ApplicationModel;

/// <summary>How many processes of the resource run side by side.</summary>
public sealed class ReplicaAnnotation(int replicas) : IResourceAnnotation
{
    /// <summary>At least 1.</summary>
    public int Replicas { get; } = replicas;
}

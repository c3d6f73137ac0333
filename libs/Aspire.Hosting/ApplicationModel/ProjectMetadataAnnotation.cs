namespace Aspire.Hosting.ApplicationModel;

internal sealed record ProjectMetadataAnnotation(IProjectMetadata Metadata) : IResourceAnnotation;

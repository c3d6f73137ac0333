namespace Aspire.Hosting.ApplicationModel;

internal sealed record DataBindMountAnnotation(string Source) : IResourceAnnotation;

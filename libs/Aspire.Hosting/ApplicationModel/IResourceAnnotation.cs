namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something a builder method says about a resource.</summary>
public interface IResourceAnnotation;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource whose endpoints others find as services__NAME__ENDPOINT__INDEX.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port of a resource on the loopback interface, one for each replica.</summary>
public sealed class EndpointAnnotation(string name, string uriScheme, int? port, string? env) : IResourceAnnotation
{
    internal const string Loopback = "127.0.0.1";

    private readonly List<int> _allocatedPorts = [];

    /// <summary>Unique in the resource, e.g. "http".</summary>
    public string Name { get; } = name;

    /// <summary>Scheme of the endpoint's address, e.g. "http" or "tcp".</summary>
    public string UriScheme { get; } = uriScheme;

    /// <summary>The port that was asked for; null for any free one.</summary>
    public int? Port { get; } = port;

    /// <summary>Environment variable that tells the program its port; null when it learns it otherwise.</summary>
    public string? TargetPortEnvironmentVariable { get; } = env;

    internal IReadOnlyList<int> AllocatedPorts => _allocatedPorts;

    internal void Allocate(int port) => _allocatedPorts.Add(port);

    internal string Url(int replica) => string.Create(CultureInfo.InvariantCulture, $"{UriScheme}://{Loopback}:{_allocatedPorts[replica]}");
}

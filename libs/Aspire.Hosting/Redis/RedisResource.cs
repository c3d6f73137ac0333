using System.Globalization;
using System.Text;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server: the installed redis-server as a child process, or the one whose connection string the user gave.</summary>
public sealed class RedisResource(string name) : Resource(name), IResourceWithConnectionString, IResourceWithEndpoints, IResourceWithWaitSupport, IProcessResource
{
    internal const string EndpointName = "tcp";

    private string? _password;

    internal string? ExternalConnectionString { get; init; }

    bool IProcessResource.IsExternal => ExternalConnectionString is not null;

    private int Port => new EndpointReference(this, EndpointName).Port;

    /// <inheritdoc/>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        new(ExternalConnectionString
            ?? string.Create(CultureInfo.InvariantCulture, $"{EndpointAnnotation.Loopback}:{Port},password={_password}"));

    ProcessCommand IProcessResource.Prepare(DataDirectory dataDirectory)
    {
        string program = ProgramLocator.Find("redis-server", "redis-server", $"give a running server: --ConnectionStrings:{Name}=...");
        string directory = DataDirectory.CreatePrivate(
            Annotations.OfType<DataBindMountAnnotation>().LastOrDefault()?.Source ?? dataDirectory.Combine(Name));
        _password = dataDirectory.Secret(Name);
        string configuration = Path.Combine(directory, "redis.conf");

        // A file, because command lines are public.
        DataDirectory.WritePrivate(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            bind {EndpointAnnotation.Loopback}
            port {Port}
            requirepass {_password}
            dir "{directory}"
            daemonize no
            supervised no
            save ""
            appendonly yes
            appendfsync always
            maxmemory-policy noeviction

            """));
        return new ProcessCommand(program, [configuration], directory, ProcessCommand.NoEnvironment);
    }

    IHealthProbe IProcessResource.CreateProbe() =>
        new GreetingProbe(Port, Encoding.ASCII.GetBytes($"AUTH {_password}\r\nPING\r\n"), "+OK\r\n+PONG\r\n"u8.ToArray());
}

namespace NnGpt.Testing.Infrastructure;

/// <summary>A redis-server of its own on a free port, with an append-only file that survives <see cref="RestartAsync"/>.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";
    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-redis-").FullName;
    private ChildProcess? _process;

    private readonly int? _busPort;

    private RedisServer(int? busPort) => _busPort = busPort;

    /// <summary>Why it cannot be started, or null.</summary>
    public static string? Unavailable => File.Exists(Program) ? null : "redis-server is not installed";

    /// <summary>Port on 127.0.0.1.</summary>
    public int Port { get; } = FreePort.Take(1)[0];

    /// <summary>For StackExchange.Redis.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Starts an empty server and returns when it accepts connections.</summary>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new RedisServer(busPort: null);
        await server.RestartAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts a Redis Cluster of one node. It owns no slots yet: CLUSTER ADDSLOTSRANGE 0 16383 gives it all.</summary>
    public static async Task<RedisServer> StartClusterAsync(CancellationToken cancellationToken)
    {
        var server = new RedisServer(FreePort.Take(1)[0]);
        await server.RestartAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts it again on the same port with the same data; kills it first when it still runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await KillAsync();
        _process = await ChildProcess.StartAsync(
            Program,
            [
                "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _directory, "--appendonly", "yes", "--save", "",
                .. _busPort is { } bus ? (string[])["--cluster-enabled", "yes", "--cluster-port", $"{bus}", "--cluster-announce-ip", "127.0.0.1"] : [],
            ],
            environment: null,
            "Ready to accept connections",
            cancellationToken);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = null;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

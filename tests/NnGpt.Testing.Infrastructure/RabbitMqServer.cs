using System.Globalization;

namespace NnGpt.Testing.Infrastructure;

/// <summary>
/// A RabbitMQ broker of its own on free ports, with data that survives <see cref="RestartAsync"/>. It is started by the
/// package's inner script: /usr/sbin/rabbitmq-server would change the user.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const string LibraryDirectory = "/usr/lib/rabbitmq/lib";
    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-rabbitmq-").FullName;
    private readonly int _distributionPort;
    private readonly int _epmdPort;
    private ChildProcess? _epmd;
    private ChildProcess? _broker;

    private RabbitMqServer()
    {
        int[] ports = FreePort.Take(3);
        (Port, _distributionPort, _epmdPort) = (ports[0], ports[1], ports[2]);
    }

    /// <summary>Why it cannot be started, or null.</summary>
    public static string? Unavailable => Script is null ? "rabbitmq-server is not installed" : null;

    /// <summary>AMQP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>amqp://guest:guest@127.0.0.1:port</summary>
    public string ConnectionString => $"amqp://guest:guest@127.0.0.1:{Port}";

    private static string? Script => Directory.Exists(LibraryDirectory)
        ? Directory.GetDirectories(LibraryDirectory, "rabbitmq_server-*")
            .Select(d => Path.Combine(d, "sbin", "rabbitmq-server"))
            .FirstOrDefault(File.Exists)
        : null;

    /// <summary>Starts an empty broker and returns when it is ready (2 to 5 seconds).</summary>
    public static async Task<RabbitMqServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new RabbitMqServer();
        await server.RestartAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts it again on the same ports with the same data; kills it first when it still runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await KillAsync();
        var environment = Prepare();
        _epmd ??= await ChildProcess.StartAsync("epmd", ["-address", "127.0.0.1"], environment);
        _broker = await ChildProcess.StartAsync(Script!, [], environment, "Server startup complete", cancellationToken);
    }

    /// <summary>SIGTERM: the broker closes its files.</summary>
    public async Task StopAsync()
    {
        if (_broker is not null)
            await _broker.TerminateAsync();
    }

    /// <summary>
    /// SIGKILL to the broker, in the middle of whatever it does. What it has confirmed survives, except in quorum queues
    /// that were declared less than three minutes ago: RabbitMQ 3.10 saves their directory (a dets file) no sooner.
    /// </summary>
    public async Task KillAsync()
    {
        if (_broker is not null)
            await _broker.DisposeAsync();
        _broker = null;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_epmd is not null)
            await _epmd.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private Dictionary<string, string?> Prepare()
    {
        string home = Directory.CreateDirectory(Path.Combine(_directory, "home")).FullName;
        string configuration = Path.Combine(_directory, "rabbitmq.conf");
        string plugins = Path.Combine(_directory, "enabled_plugins");
        File.WriteAllText(configuration, "");
        File.WriteAllText(plugins, "[].\n");
        string number(int value) => value.ToString(CultureInfo.InvariantCulture);
        return new Dictionary<string, string?>
        {
            ["HOME"] = home,
            ["RABBITMQ_NODENAME"] = $"test{Port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = number(Port),
            ["RABBITMQ_DIST_PORT"] = number(_distributionPort),
            ["ERL_EPMD_PORT"] = number(_epmdPort),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_directory, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_directory, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_CONFIG_FILE"] = configuration,
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = plugins,
            // Makes the script replace itself by the virtual machine, so that the child's id is the broker's.
            ["RABBITMQ_ALLOW_INPUT"] = "1",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                $"-setcookie nngpt-test-{Port} -kernel inet_dist_use_interface {{127,0,0,1}} -noinput +sbwt none",
        };
    }
}

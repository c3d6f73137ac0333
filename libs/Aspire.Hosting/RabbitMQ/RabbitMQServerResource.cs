using System.Globalization;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A RabbitMQ broker: the installed one as a child process, or the one whose connection string the user gave.</summary>
public sealed class RabbitMQServerResource(string name)
    : Resource(name), IResourceWithConnectionString, IResourceWithEndpoints, IResourceWithWaitSupport, IProcessResource
{
    internal const string AmqpEndpoint = "tcp";
    internal const string DistributionEndpoint = "distribution";

    // The node's name is part of its data's path: fixed, and free of the host's name and the ports.
    private const string NodeName = "broker@localhost";
    private const string UserName = "nngpt";

    // A quorum queue's registration waits up to three minutes in memory: a broker killed before that starts without the
    // queue's log, and the queue never has a leader again. Written at once, it outlives any kill.
    private const string SaveTables = "F=fun(G)->timer:sleep(50),[dets:sync(T)||T<-dets:all()],G(G)end,spawn(fun()->F(F)end).";

    private string? _password;

    internal string? ExternalConnectionString { get; init; }

    internal EpmdResource? PortMapper { get; init; }

    bool IProcessResource.IsExternal => ExternalConnectionString is not null;

    private int Port => new EndpointReference(this, AmqpEndpoint).Port;

    /// <inheritdoc/>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        new(ExternalConnectionString
            ?? string.Create(CultureInfo.InvariantCulture, $"amqp://{UserName}:{_password}@{EndpointAnnotation.Loopback}:{Port}"));

    ProcessCommand IProcessResource.Prepare(DataDirectory dataDirectory)
    {
        string directory = DataDirectory.CreatePrivate(
            Annotations.OfType<DataBindMountAnnotation>().LastOrDefault()?.Source ?? dataDirectory.Combine(Name));
        string home = DataDirectory.CreatePrivate(Path.Combine(directory, "home"));
        _password = dataDirectory.Secret(Name);

        // Files, because command lines are public.
        DataDirectory.WritePrivate(Path.Combine(home, ".erlang.cookie"), dataDirectory.Secret(Name + "-cookie"));
        DataDirectory.WritePrivate(Path.Combine(directory, "enabled_plugins"), "[].\n");
        DataDirectory.WritePrivate(Path.Combine(directory, "rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = {EndpointAnnotation.Loopback}:{Port}
            default_user = {UserName}
            default_pass = {_password}
            log.console = true
            log.console.level = warning
            log.connection.level = error
            disk_free_limit.absolute = 100MB

            """));
        return new ProcessCommand(RabbitMQProgram.Server(Name), [], directory, Environment(directory, home));
    }

    // AMQP 0-9-1: the server answers the protocol header with Connection.Start (class 10, method 10) on channel 0.
    IHealthProbe IProcessResource.CreateProbe() => new GreetingProbe(Port, [.. "AMQP"u8, 0, 0, 9, 1], [1, 0, 0]);

    private Dictionary<string, string> Environment(string directory, string home) => new()
    {
        ["HOME"] = home,
        ["RABBITMQ_NODENAME"] = NodeName,
        ["RABBITMQ_NODE_IP_ADDRESS"] = EndpointAnnotation.Loopback,
        ["RABBITMQ_NODE_PORT"] = Port.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_DIST_PORT"] = new EndpointReference(this, DistributionEndpoint).Port.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_PORT"] = new EndpointReference(PortMapper!, EpmdResource.EndpointName).Port.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = EndpointAnnotation.Loopback,
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(directory, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(directory, "log"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(directory, "rabbitmq.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(directory, "enabled_plugins"),

        // The script then becomes the virtual machine, so that SIGTERM reaches the broker itself.
        ["RABBITMQ_ALLOW_INPUT"] = "1",

        // No busy waiting: the processors are there for training.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
            $"-kernel inet_dist_use_interface {{127,0,0,1}} -noinput +sbwt none +sbwtdcpu none +sbwtdio none -eval {SaveTables}",
    };
}

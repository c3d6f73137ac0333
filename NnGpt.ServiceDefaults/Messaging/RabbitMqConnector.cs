using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>Opens connections and declares the topology on each. What holds a connection replaces it when it is lost.</summary>
internal sealed class RabbitMqConnector(
    IOptions<MessagingOptions> options, IEnumerable<QueueRegistration> queues, IHostEnvironment environment)
{
    private readonly QueueRegistration[] _queues = [.. queues];

    public async Task<IConnection> ConnectAsync(string purpose, CancellationToken cancellationToken)
    {
        // The client's own recovery keeps delivery tags of the lost channel alive and hides when confirms were lost.
        var factory = new ConnectionFactory
        {
            Uri = new Uri(options.Value.ConnectionString),
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(15),
            ContinuationTimeout = TimeSpan.FromSeconds(20),
            ClientProvidedName = $"{environment.ApplicationName}/{Environment.ProcessId}/{purpose}",
        };
        var connection = await factory.CreateConnectionAsync(cancellationToken);
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await Topology.DeclareAsync(channel, options.Value, _queues, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>True for failures of the connection or the broker, which another try may mend.</summary>
    public static bool IsTransient(Exception exception) =>
        exception is RabbitMQClientException or IOException or SocketException or ObjectDisposedException or TimeoutException
            or OperationCanceledException;
}

using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>Asks the broker how much waits in the pipeline's queues.</summary>
public sealed class QueueDepthReader
{
    private readonly RabbitMqConnector _connector;
    private readonly IOptions<MessagingOptions> _options;

    internal QueueDepthReader(RabbitMqConnector connector, IOptions<MessagingOptions> options) => (_connector, _options) = (connector, options);

    /// <summary>A connection to ask by.</summary>
    /// <exception cref="IOException">The broker cannot be reached.</exception>
    public async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _connector.ConnectAsync("queue depths", cancellationToken);
            return new Session(connection, await connection.CreateChannelAsync(cancellationToken: cancellationToken), _options.Value);
        }
        catch (Exception e) when (RabbitMqConnector.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The broker cannot be reached: {e.Message}", e);
        }
    }

    /// <summary>A connection to the broker.</summary>
    public sealed class Session : IAsyncDisposable
    {
        private readonly IConnection _connection;
        private readonly IChannel _channel;
        private readonly MessagingOptions _options;

        internal Session(IConnection connection, IChannel channel, MessagingOptions options) =>
            (_connection, _channel, _options) = (connection, channel, options);

        /// <summary>Every queue of the pipeline, then the dead letters.</summary>
        /// <exception cref="IOException">The broker cannot be reached any more.</exception>
        public async Task<IReadOnlyList<QueueDepth>> ReadAsync(CancellationToken cancellationToken)
        {
            try
            {
                var depths = new List<QueueDepth>();
                foreach (string name in Topology.Queues.Append(_options.DeadLetterQueue))
                {
                    var queue = await _channel.QueueDeclarePassiveAsync(name, cancellationToken);
                    depths.Add(new QueueDepth(name, queue.MessageCount, queue.ConsumerCount, name == _options.DeadLetterQueue));
                }
                return depths;
            }
            catch (Exception e) when (RabbitMqConnector.IsTransient(e) && !cancellationToken.IsCancellationRequested)
            {
                throw new IOException($"The broker cannot be reached: {e.Message}", e);
            }
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await _channel.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }
}

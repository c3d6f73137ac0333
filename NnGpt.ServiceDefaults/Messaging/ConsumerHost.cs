using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>
/// Consumes the registered queues over one connection, and over a new one whenever that is lost.
/// Stopping takes no new deliveries, lets running handlers finish for a while, then cancels and requeues them.
/// </summary>
internal sealed partial class ConsumerHost(
    RabbitMqConnector connector,
    DeliveryProcessor processor,
    IEnumerable<QueueRegistration> queues,
    IOptions<MessagingOptions> options,
    TimeProvider time,
    ILogger<ConsumerHost> logger) : IHostedService, IAsyncDisposable
{
    private readonly QueueRegistration[] _queues = [.. queues];
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cancelHandlers = new();
    private Task _running = Task.CompletedTask;
    private bool _disposed;

    /// <summary>True while every queue of this service is being consumed.</summary>
    public bool IsConnected { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _cancelHandlers.CancelAfter(TimeSpan.FromSeconds(options.Value.DrainSeconds));
        await _stopping.CancelAsync();
        await using var hurry = cancellationToken.Register(_cancelHandlers.Cancel);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The container owns it twice: as itself and as a hosted service.
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _stopping.CancelAsync();
        await _cancelHandlers.CancelAsync();
        _stopping.Dispose();
        _cancelHandlers.Dispose();
    }

    private async Task RunAsync()
    {
        for (int attempt = 0; !_stopping.IsCancellationRequested; attempt++)
        {
            try
            {
                await using var connection = await connector.ConnectAsync("consume", _stopping.Token);
                attempt = 0;
                await ConsumeAsync(connection);
            }
            catch (Exception e) when (RabbitMqConnector.IsTransient(e))
            {
                if (_stopping.IsCancellationRequested)
                    break;
                ConnectionFailed(logger, e.Message);
            }
            finally
            {
                IsConnected = false;
            }
            await Task.Delay(options.Value.Pause(attempt), time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Returns when the connection or one of its channels has closed, or the service stops.
    private async Task ConsumeAsync(IConnection connection)
    {
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task OnShutdownAsync(object sender, ShutdownEventArgs reason)
        {
            lost.TrySetResult(reason.ReplyText);
            return Task.CompletedTask;
        }
        connection.ConnectionShutdownAsync += OnShutdownAsync;
        var consumers = new List<(IChannel Channel, string Tag, QueueConsumer Consumer)>();
        try
        {
            foreach (var queue in _queues)
                consumers.Add(await StartConsumerAsync(connection, queue, OnShutdownAsync));
            IsConnected = true;
            Consuming(logger, connection.Endpoint.HostName, connection.Endpoint.Port);
            ConnectionLost(logger, await lost.Task.WaitAsync(_stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            IsConnected = false;
            await DrainAsync(consumers);
        }
        finally
        {
            foreach (var (_, _, consumer) in consumers)
                consumer.StopTaking();
        }
    }

    private async Task<(IChannel Channel, string Tag, QueueConsumer Consumer)> StartConsumerAsync(
        IConnection connection, QueueRegistration queue, AsyncEventHandler<ShutdownEventArgs> onShutdown)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: _stopping.Token);
        channel.ChannelShutdownAsync += onShutdown;
        await channel.BasicQosAsync(0, (ushort)queue.Prefetch, false, _stopping.Token);
        var consumer = new QueueConsumer(channel, queue, processor, _cancelHandlers.Token);
        string name = queue.DeadLetterHandler is null ? queue.Name : options.Value.DeadLetterQueue;
        string tag = await channel.BasicConsumeAsync(name, autoAck: false, consumer, _stopping.Token);
        return (channel, tag, consumer);
    }

    private async Task DrainAsync(List<(IChannel Channel, string Tag, QueueConsumer Consumer)> consumers)
    {
        foreach (var (channel, tag, consumer) in consumers)
        {
            consumer.StopTaking();
            try
            {
                await channel.BasicCancelAsync(tag, noWait: false, CancellationToken.None);
            }
            catch (Exception e) when (RabbitMqConnector.IsTransient(e))
            {
                ConnectionFailed(logger, e.Message);
            }
        }
        await Task.WhenAll(consumers.Select(c => c.Consumer.Idle));
    }
}

using System.Threading.Channels;
using RabbitMQ.Client;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>
/// One queue on one channel. Deliveries are handed to loops of their own, <c>Concurrency</c> of them, so that a long
/// handler never blocks the client's dispatcher.
/// </summary>
internal sealed class QueueConsumer : AsyncDefaultBasicConsumer
{
    private readonly Channel<Delivery> _deliveries = System.Threading.Channels.Channel.CreateUnbounded<Delivery>();
    private readonly QueueRegistration _queue;
    private readonly DeliveryProcessor _processor;
    private readonly CancellationToken _cancelHandlers;
    private volatile bool _stopped;

    public QueueConsumer(IChannel channel, QueueRegistration queue, DeliveryProcessor processor, CancellationToken cancelHandlers)
        : base(channel)
    {
        (_queue, _processor, _cancelHandlers) = (queue, processor, cancelHandlers);
        Idle = Task.WhenAll(Enumerable.Range(0, queue.Concurrency).Select(_ => Task.Run(ProcessAsync, CancellationToken.None)));
    }

    /// <summary>Completes after <see cref="StopTaking"/> when no handler runs any more.</summary>
    public Task Idle { get; }

    /// <summary>What waits is left unacknowledged: the broker puts it back when the channel closes.</summary>
    public void StopTaking()
    {
        _stopped = true;
        _deliveries.Writer.TryComplete();
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey,
        IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        // The client reuses the buffer of the body as soon as this method returns.
        byte[] copy = body.ToArray();
        _deliveries.Writer.TryWrite(new Delivery(
            _queue, deliveryTag, properties.Type ?? "", MessageHeaders.HasKnownSchema(properties),
            MessageHeaders.ReadContext(properties, routingKey, redelivered),
            _queue.DeadLetterHandler is null ? null : MessageHeaders.ReadDeadLetter(properties, copy),
            copy));
        return Task.CompletedTask;
    }

    private async Task ProcessAsync()
    {
        await foreach (var delivery in _deliveries.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (_stopped)
                return;
            await SettleAsync(delivery, await _processor.ProcessAsync(delivery, _cancelHandlers));
        }
    }

    private async Task SettleAsync(Delivery delivery, Verdict verdict)
    {
        try
        {
            if (verdict == Verdict.Acknowledge)
                await Channel.BasicAckAsync(delivery.Tag, multiple: false);
            else
                await Channel.BasicNackAsync(delivery.Tag, multiple: false, requeue: verdict == Verdict.Requeue);
        }
        catch (Exception e) when (RabbitMqConnector.IsTransient(e))
        {
            _processor.NotSettled(delivery, verdict);
        }
    }
}

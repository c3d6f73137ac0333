using System.Diagnostics;
using System.Diagnostics.Metrics;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NnGpt.ServiceDefaults.Telemetry;
using RabbitMQ.Client;

namespace NnGpt.ServiceDefaults.Messaging;

internal sealed partial class RabbitMqPublisher(
    RabbitMqConnector connector, IOptions<MessagingOptions> options, TimeProvider time, ILogger<RabbitMqPublisher> logger)
    : IMessageBus, IAsyncDisposable
{
    private const int MaxOutstandingConfirms = 256;

    private static readonly Counter<long> s_sent =
        NnGptTelemetry.Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages that the broker confirmed.");

    private static readonly Histogram<double> s_duration =
        NnGptTelemetry.Meter.CreateHistogram("messaging.client.operation.duration", "s", "Time from sending a message to the broker's confirmation.", tags: null, MessagingTags.Seconds);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile IChannel? _channel;
    private IConnection? _connection;

    public async Task PublishAsync<T>(string routingKey, T message, string messageId, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        using var activity = NnGptTelemetry.Source.StartActivity($"publish {routingKey}", ActivityKind.Producer);
        byte[] body = message.ToByteArray();
        var described = MessagingTags.Publish(options.Value.Exchange, routingKey);
        MessagingTags.Describe(activity, described, "send", routingKey, messageId, body.Length);
        long start = time.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IChannel? channel = null;
            try
            {
                channel = await OpenAsync(cancellationToken);
                using var confirm = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ConfirmSeconds), time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(confirm.Token, cancellationToken);
                await channel.BasicPublishAsync(
                    options.Value.Exchange, routingKey, mandatory: true, MessageHeaders.Write(message, messageId, activity), body, both.Token);
                s_sent.Add(1, described);
                s_duration.Record(time.GetElapsedTime(start).TotalSeconds, described);
                return;
            }
            catch (Exception e) when (RabbitMqConnector.IsTransient(e) && !cancellationToken.IsCancellationRequested)
            {
                PublishFailed(logger, routingKey, messageId, attempt + 1, e.Message);
                if (e is OperationCanceledException || channel is { IsOpen: false })
                    await AbandonAsync(channel);
            }
            await Task.Delay(options.Value.Pause(attempt), time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await AbandonAsync(_channel);
        _opening.Dispose();
    }

    private async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } open)
            return open;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_channel is { IsOpen: true } opened)
                return opened;
            await CloseAsync();
            _connection = await connector.ConnectAsync("publish", cancellationToken);
            var channelOptions = new CreateChannelOptions(
                publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: true,
                outstandingPublisherConfirmationsRateLimiter: new ThrottlingRateLimiter(MaxOutstandingConfirms));
            return _channel = await _connection.CreateChannelAsync(channelOptions, cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task AbandonAsync(IChannel? failed)
    {
        await _opening.WaitAsync(CancellationToken.None);
        try
        {
            // Another publisher may have opened a new one already.
            if (ReferenceEquals(failed, _channel))
                await CloseAsync();
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task CloseAsync()
    {
        var connection = _connection;
        (_connection, _channel) = (null, null);
        if (connection is null)
            return;
        try
        {
            await connection.CloseAsync(TimeSpan.FromSeconds(2));
            await connection.DisposeAsync();
        }
        catch (Exception e) when (RabbitMqConnector.IsTransient(e))
        {
            CloseFailed(logger, e.Message);
        }
    }
}

using Google.Protobuf;
using Microsoft.Data.Sqlite;
using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator.Messaging;

/// <summary>
/// Sends the outbox in order: a message is deleted after the broker has confirmed it. A crash in between sends it
/// twice, which its consumer takes as once.
/// </summary>
internal sealed partial class OutboxPublisher(
    CoordinatorStore store, IMessageBus bus, ExperimentEngine engine, TimeProvider time, ILogger<OutboxPublisher> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PublishPendingAsync(stoppingToken);
                await engine.OutboxFilled.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (SqliteException e)
            {
                PublicationFailed(logger, e);
                await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public async Task PublishPendingAsync(CancellationToken cancellationToken)
    {
        while (store.Read(sql => sql.PeekOutbox(16)) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                await PublishAsync(row, cancellationToken);
                await store.WriteAsync(sql => { sql.DeleteSent(row.Sequence); return true; }, cancellationToken);
            }
        }
    }

    private Task PublishAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        return row.Type switch
        {
            "nngpt.v1.GenerateCommand" => SendAsync(GenerateCommand.Parser),
            "nngpt.v1.CandidateGenerated" => SendAsync(CandidateGenerated.Parser),
            "nngpt.v1.CandidateValidated" => SendAsync(CandidateValidated.Parser),
            "nngpt.v1.CandidateTrained" => SendAsync(CandidateTrained.Parser),
            "nngpt.v1.FineTuneCommand" => SendAsync(FineTuneCommand.Parser),
            "nngpt.v1.RescoreCommand" => SendAsync(RescoreCommand.Parser),
            _ => throw new InvalidDataException($"The outbox holds a message of type '{row.Type}'."),
        };

        Task SendAsync<T>(MessageParser<T> parser)
            where T : class, IMessage<T> =>
            bus.PublishAsync(row.RoutingKey, parser.ParseFrom(row.Body), row.MessageId, cancellationToken);
    }

    [LoggerMessage(330, LogLevel.Error, "The outbox could not be read or cleared")]
    private static partial void PublicationFailed(ILogger logger, Exception exception);
}

using Microsoft.Extensions.Logging;

namespace NnGpt.ServiceDefaults.Messaging;

internal sealed partial class RabbitMqPublisher
{
    [LoggerMessage(100, LogLevel.Warning, "Publishing {RoutingKey} {MessageId} failed, try {Attempt}: {Error}")]
    private static partial void PublishFailed(ILogger logger, string routingKey, string messageId, int attempt, string error);

    [LoggerMessage(101, LogLevel.Debug, "Closing the publisher's connection: {Error}")]
    private static partial void CloseFailed(ILogger logger, string error);
}

using Microsoft.Extensions.Logging;

namespace NnGpt.ServiceDefaults.Messaging;

internal sealed partial class ConsumerHost
{
    [LoggerMessage(110, LogLevel.Information, "Connected to the message broker at {Host}:{Port}")]
    private static partial void Consuming(ILogger logger, string host, int port);

    [LoggerMessage(111, LogLevel.Warning, "No connection to the message broker: {Error}")]
    private static partial void ConnectionFailed(ILogger logger, string error);

    [LoggerMessage(112, LogLevel.Warning, "Lost the connection to the message broker: {Reason}")]
    private static partial void ConnectionLost(ILogger logger, string? reason);
}

using Microsoft.Extensions.Logging;

namespace NnGpt.ServiceDefaults.Messaging;

internal sealed partial class DeliveryProcessor
{
    [LoggerMessage(120, LogLevel.Error, "{Queue}: {MessageId} failed, delivery {Delivery}")]
    private static partial void HandlerFailed(ILogger logger, Exception exception, string queue, string messageId, int delivery);

    [LoggerMessage(121, LogLevel.Error, "{Queue}: {MessageId} goes to the dead letters: {Problem}")]
    private static partial void Rejected(ILogger logger, string queue, string messageId, string problem);

    [LoggerMessage(122, LogLevel.Warning, "{Queue}: {MessageId} was not handled within {Seconds} s")]
    private static partial void DeadlineExceeded(ILogger logger, string queue, string messageId, double seconds);

    [LoggerMessage(123, LogLevel.Information, "{Queue}: {MessageId} is put back because the service stops")]
    private static partial void Interrupted(ILogger logger, string queue, string messageId);

    [LoggerMessage(124, LogLevel.Information, "{Queue}: {MessageId} came again while it is being handled; waiting for that")]
    private static partial void Joined(ILogger logger, string queue, string messageId);

    [LoggerMessage(125, LogLevel.Warning, "{Queue}: {MessageId} could not be acknowledged; the broker will deliver it again")]
    private static partial void Unsettled(ILogger logger, string queue, string messageId);
}

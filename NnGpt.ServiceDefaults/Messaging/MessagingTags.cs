using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>What spans and metrics say of a message, in the words of OpenTelemetry's conventions for messaging with RabbitMQ.</summary>
internal static class MessagingTags
{
    private const string ErrorType = "error.type";

    /// <summary>From a message that is only counted to one that a language model is fine-tuned for.</summary>
    public static InstrumentAdvice<double> Seconds { get; } = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] };

    public static TagList Publish(string exchange, string routingKey) => Of("publish", $"{exchange}:{routingKey}");

    public static TagList Process(string exchange, string routingKey, string queue) => Of("process", $"{exchange}:{routingKey}:{queue}");

    public static void Describe(Activity? activity, TagList tags, string operationType, string routingKey, string messageId, int bodyBytes)
    {
        if (activity is null)
            return;
        foreach (var (name, value) in tags)
            activity.SetTag(name, value);
        activity
            .SetTag("messaging.operation.type", operationType)
            .SetTag("messaging.rabbitmq.destination.routing_key", routingKey)
            .SetTag("messaging.message.id", messageId)
            .SetTag("messaging.message.body.size", bodyBytes);
    }

    public static void Fail(Activity? activity, ref TagList tags, Exception failure)
    {
        tags.Add(ErrorType, failure.GetType().FullName);
        activity?.SetTag(ErrorType, failure.GetType().FullName).SetStatus(ActivityStatusCode.Error, failure.Message);
    }

    private static TagList Of(string operation, string destination) => new()
    {
        { "messaging.system", "rabbitmq" },
        { "messaging.operation.name", operation },
        { "messaging.destination.name", destination },
    };
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using RabbitMQ.Client;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>
/// AMQP properties of a message: message_id, type = "nngpt.v1.CandidateGenerated", content_type = application/x-protobuf,
/// headers schema = 1 and traceparent / tracestate (W3C Trace Context).
/// </summary>
internal static class MessageHeaders
{
    public const int Schema = 1;
    public const string ContentType = "application/x-protobuf";

    private const string SchemaHeader = "schema";
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    public static BasicProperties Write(IMessage message, string messageId, Activity? activity)
    {
        var headers = new Dictionary<string, object?> { [SchemaHeader] = Schema };
        if ((activity ?? Activity.Current) is { IdFormat: ActivityIdFormat.W3C } current)
        {
            headers[TraceParent] = current.Id;
            if (!string.IsNullOrEmpty(current.TraceStateString))
                headers[TraceState] = current.TraceStateString;
        }
        return new BasicProperties
        {
            MessageId = messageId,
            Type = message.Descriptor.FullName,
            ContentType = ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = headers,
        };
    }

    public static bool HasKnownSchema(IReadOnlyBasicProperties properties) =>
        Number(properties, SchemaHeader) == Schema;

    public static MessageContext ReadContext(IReadOnlyBasicProperties properties, string routingKey, bool redelivered)
    {
        _ = ActivityContext.TryParse(Text(properties, TraceParent), Text(properties, TraceState), isRemote: true, out var trace);
        return new MessageContext(
            properties.MessageId ?? "", routingKey, redelivered, (int)Number(properties, "x-delivery-count"), trace);
    }

    public static DeadLetter ReadDeadLetter(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body) => new(
        Text(properties, "x-first-death-queue") ?? "",
        Text(properties, "x-first-death-reason") ?? "",
        properties.Type ?? "",
        body);

    private static string? Text(IReadOnlyBasicProperties properties, string name) => Value(properties, name) switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        var other => other?.ToString(),
    };

    private static long Number(IReadOnlyBasicProperties properties, string name) =>
        Value(properties, name) is IConvertible number and not string
            ? number.ToInt64(CultureInfo.InvariantCulture)
            : 0;

    private static object? Value(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers is { } headers && headers.TryGetValue(name, out object? value) ? value : null;
}

using Google.Protobuf;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>Publishes messages on the topic exchange.</summary>
public interface IMessageBus
{
    /// <summary>
    /// Returns when the broker has confirmed that every queue bound to the routing key holds the message.
    /// While the broker cannot be reached, or refuses, it is tried again with growing pauses until cancelled;
    /// so a message may arrive more than once.
    /// </summary>
    /// <param name="routingKey">e.g. "candidate.generated"; some queue must be bound to it.</param>
    /// <param name="message">The body.</param>
    /// <param name="messageId">Idempotency key, by custom "&lt;routing key&gt;:&lt;candidate id&gt;".</param>
    /// <param name="cancellationToken">Gives up; whether the broker took the message is then unknown.</param>
    Task PublishAsync<T>(string routingKey, T message, string messageId, CancellationToken cancellationToken)
        where T : class, IMessage<T>;
}

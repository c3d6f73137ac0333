using Google.Protobuf;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>Handles one kind of message; resolved from the container for each delivery.</summary>
public interface IMessageHandler<in T>
    where T : class, IMessage
{
    /// <summary>
    /// The delivery is acknowledged when this returns: publish results first. An exception puts the message back
    /// on its queue, and after the delivery limit among the dead letters. May see the same message again.
    /// </summary>
    /// <param name="message">The body.</param>
    /// <param name="context">How it was delivered.</param>
    /// <param name="cancellationToken">Cancelled at the queue's deadline and when the service stops.</param>
    Task HandleAsync(T message, MessageContext context, CancellationToken cancellationToken);
}

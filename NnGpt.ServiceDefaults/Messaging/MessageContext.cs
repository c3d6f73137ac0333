using System.Diagnostics;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>How a message was delivered.</summary>
/// <param name="MessageId">Idempotency key given by the publisher.</param>
/// <param name="RoutingKey">Routing key it was published with.</param>
/// <param name="Redelivered">True when an earlier delivery was not acknowledged.</param>
/// <param name="DeliveryCount">Earlier deliveries that failed; 0 the first time.</param>
/// <param name="Trace">Trace context of the publisher; default when it sent none.</param>
public sealed record MessageContext(
    string MessageId, string RoutingKey, bool Redelivered, int DeliveryCount, ActivityContext Trace);

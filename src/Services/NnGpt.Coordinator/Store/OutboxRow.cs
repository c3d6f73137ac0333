namespace NnGpt.Coordinator.Store;

/// <summary>A message that waits for its publication.</summary>
internal sealed record OutboxRow(long Sequence, string RoutingKey, string MessageId, string Type, byte[] Body);

namespace NnGpt.ServiceDefaults.Messaging;

internal sealed record Delivery(
    QueueRegistration Queue,
    ulong Tag,
    string Type,
    bool KnownSchema,
    MessageContext Context,
    DeadLetter? Letter,
    ReadOnlyMemory<byte> Body);

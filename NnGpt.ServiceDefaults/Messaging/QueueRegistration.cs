namespace NnGpt.ServiceDefaults.Messaging;

internal delegate Task RouteHandler(
    IServiceProvider services, ReadOnlyMemory<byte> body, MessageContext context, CancellationToken cancellationToken);

internal sealed record Route(string Type, RouteHandler Handle);

internal sealed record QueueRegistration(
    string Name,
    int Prefetch,
    int Concurrency,
    TimeSpan Deadline,
    IReadOnlyDictionary<string, Route> Routes,
    Type? DeadLetterHandler);

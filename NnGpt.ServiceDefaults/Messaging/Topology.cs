using RabbitMQ.Client;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>
/// The pipeline as exchanges, queues and bindings. Whoever connects declares all of it, so that a message
/// never meets a queue that its consumer has not declared yet.
/// </summary>
internal static class Topology
{
    private static readonly Dictionary<string, string[]> s_pipeline = new()
    {
        ["generator"] = ["generate"],
        ["validator"] = ["candidate.generated"],
        ["trainer"] = ["candidate.validated", "rescore"],
        ["novelty"] = ["candidate.trained"],
        ["finetuner"] = ["finetune"],
        ["coordinator"] = ["candidate.*", "adapter.*"],
    };

    public static IEnumerable<string> Queues => s_pipeline.Keys;

    public static async Task DeclareAsync(
        IChannel channel, MessagingOptions options, IEnumerable<QueueRegistration> queues, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(options.Exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(options.DeadLetterExchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken);

        // Never refuses and never gives up a letter: it is the end of the line.
        await channel.QueueDeclareAsync(options.DeadLetterQueue, durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(options.DeadLetterQueue, options.DeadLetterExchange, "#", cancellationToken: cancellationToken);

        foreach (var (queue, keys) in s_pipeline)
            await DeclareAsync(channel, options, queue, keys, cancellationToken);
        foreach (var queue in queues.Where(q => q.DeadLetterHandler is null && !s_pipeline.ContainsKey(q.Name)))
            await DeclareAsync(channel, options, queue.Name, queue.Routes.Keys, cancellationToken);
    }

    private static async Task DeclareAsync(
        IChannel channel, MessagingOptions options, string queue, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        // at-least-once dead-lettering needs reject-publish: a full dead-letter queue holds the message back instead of dropping it.
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = options.DeliveryLimit,
            ["x-dead-letter-exchange"] = options.DeadLetterExchange,
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish",
            ["x-max-length"] = options.MaxLength,
        };
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
        foreach (string key in keys)
            await channel.QueueBindAsync(queue, options.Exchange, key, cancellationToken: cancellationToken);
    }
}

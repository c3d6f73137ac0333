using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>How a service consumes a queue.</summary>
public sealed class QueueBuilder
{
    private readonly IServiceCollection _services;
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);

    internal QueueBuilder(string name, IServiceCollection services) => (Name, _services) = (name, services);

    /// <summary>Name of the queue.</summary>
    public string Name { get; }

    /// <summary>Messages handled at once by this process. Default 1.</summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>Messages the broker hands over ahead of their acknowledgement. Default: <see cref="Concurrency"/>.</summary>
    public int Prefetch { get; set; }

    /// <summary>Longest time a handler may take; default 10 minutes, at most 25 (the broker closes the channel at 30).</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Messages with this routing key go to a handler of type <typeparamref name="THandler"/>.</summary>
    public QueueBuilder On<TMessage, THandler>(string routingKey)
        where TMessage : class, IMessage<TMessage>, new()
        where THandler : class, IMessageHandler<TMessage>
    {
        _services.TryAddScoped<THandler>();
        _routes.Add(routingKey, new Route(
            new TMessage().Descriptor.FullName,
            (services, body, context, cancellationToken) =>
            {
                var message = new TMessage();
                message.MergeFrom(body.Span);
                return services.GetRequiredService<THandler>().HandleAsync(message, context, cancellationToken);
            }));
        return this;
    }

    internal QueueRegistration Build()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Concurrency, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Deadline, TimeSpan.FromMinutes(25));
        if (_routes.Count == 0)
            throw new InvalidOperationException($"Queue '{Name}' has no handler.");
        return new QueueRegistration(Name, Math.Max(Prefetch, Concurrency), Concurrency, Deadline, _routes, null);
    }
}

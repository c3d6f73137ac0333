using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>Registers queues and the publisher.</summary>
public static class MessagingExtensions
{
    /// <summary>Makes <see cref="IMessageBus"/> available, from ConnectionStrings:rabbitmq. Repeating it changes nothing.</summary>
    public static IHostApplicationBuilder AddMessageBus(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(s => s.ServiceType == typeof(IMessageBus)))
            return builder;
        builder.AddBroker();
        builder.Services.AddSingleton<IMessageBus, RabbitMqPublisher>();
        builder.Services.AddSingleton<DeliveryProcessor>();
        builder.Services.AddSingleton<ConsumerHost>();
        builder.Services.AddHostedService(s => s.GetRequiredService<ConsumerHost>());
        builder.Services.AddHealthChecks().AddCheck<MessagingHealthCheck>("messaging");
        return builder;
    }

    /// <summary>Makes <see cref="QueueDepthReader"/> available, from ConnectionStrings:rabbitmq, for who neither sends nor consumes.</summary>
    public static IHostApplicationBuilder AddQueueDepths(this IHostApplicationBuilder builder)
    {
        builder.AddBroker();
        builder.Services.TryAddSingleton(s => new QueueDepthReader(s.GetRequiredService<RabbitMqConnector>(), s.GetRequiredService<IOptions<MessagingOptions>>()));
        return builder;
    }

    private static void AddBroker(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MessagingOptions>()
            .Bind(builder.Configuration.GetSection(MessagingOptions.Section))
            .Configure<IConfiguration>((o, c) => o.ConnectionString = c.GetConnectionString(MessagingOptions.ConnectionName) ?? o.ConnectionString)
            .ValidateDataAnnotations()
            .Validate(o => o.ConnectionString.Length == 0 || Uri.TryCreate(o.ConnectionString, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps",
                "ConnectionStrings:rabbitmq is not an amqp:// address.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RabbitMqConnector>();
    }

    /// <summary>Consumes a queue: manual acknowledgement after the handler has returned, competing with other replicas.</summary>
    public static IHostApplicationBuilder AddQueue(this IHostApplicationBuilder builder, string name, Action<QueueBuilder> configure)
    {
        builder.AddMessageBus();
        var queue = new QueueBuilder(name, builder.Services);
        configure(queue);
        builder.Services.AddSingleton(queue.Build());
        return builder;
    }

    /// <summary>Consumes the dead letters, one at a time.</summary>
    public static IHostApplicationBuilder AddDeadLetterQueue<THandler>(this IHostApplicationBuilder builder)
        where THandler : class, IDeadLetterHandler
    {
        builder.AddMessageBus();
        builder.Services.TryAddScoped<THandler>();
        builder.Services.AddSingleton(new QueueRegistration(
            "", 16, 1, TimeSpan.FromMinutes(5), new Dictionary<string, Route>(), typeof(THandler)));
        return builder;
    }
}

using System.ComponentModel.DataAnnotations;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>Settings under "Messaging". All services must agree on those of the queues: a broker refuses to change them.</summary>
public sealed class MessagingOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Messaging";

    /// <summary>Name of the connection string, "amqp://user:password@host:port/vhost".</summary>
    public const string ConnectionName = "rabbitmq";

    /// <summary>From ConnectionStrings:rabbitmq.</summary>
    [Required(ErrorMessage = "ConnectionStrings:rabbitmq is not set; it has the form amqp://user:password@host:port.")]
    public string ConnectionString { get; set; } = "";

    /// <summary>Topic exchange of all messages.</summary>
    [Required]
    public string Exchange { get; set; } = "nngpt";

    /// <summary>Exchange that messages die to.</summary>
    [Required]
    public string DeadLetterExchange { get; set; } = "nngpt.dead";

    /// <summary>Queue behind <see cref="DeadLetterExchange"/>.</summary>
    [Required]
    public string DeadLetterQueue { get; set; } = "dead-letters";

    /// <summary>Failed deliveries after which a message dies.</summary>
    [Range(1, 1000)]
    public int DeliveryLimit { get; set; } = 5;

    /// <summary>Messages a queue holds before it refuses more (publishers then wait and try again).</summary>
    [Range(1, 10_000_000)]
    public int MaxLength { get; set; } = 100_000;

    /// <summary>Longest wait for one confirm before the publication is tried again on a new connection.</summary>
    [Range(0.1, 600)]
    public double ConfirmSeconds { get; set; } = 30;

    /// <summary>First pause after a failed connection, publication or delivery; doubled each time.</summary>
    [Range(0.001, 60)]
    public double RetrySeconds { get; set; } = 0.2;

    /// <summary>Longest pause between tries.</summary>
    [Range(0.001, 600)]
    public double MaxRetrySeconds { get; set; } = 5;

    /// <summary>Time that running handlers are given to finish when the service stops, before they are cancelled.</summary>
    [Range(0, 600)]
    public double DrainSeconds { get; set; } = 2;

    internal TimeSpan Pause(int attempt) =>
        TimeSpan.FromSeconds(Math.Min(MaxRetrySeconds, RetrySeconds * Math.Pow(2, Math.Min(attempt, 20))));
}

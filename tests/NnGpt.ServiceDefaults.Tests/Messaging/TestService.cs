using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.ServiceDefaults.Tests.Messaging;

/// <summary>A service with one handler that the test scripts, and the dead letters beside it.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestService(WebApplication app) => _app = app;

    public IMessageBus Bus => _app.Services.GetRequiredService<IMessageBus>();

    public ConsumerHost Consumers => _app.Services.GetRequiredService<ConsumerHost>();

    public static async Task<TestService> StartAsync(
        string connectionString, Script script, string queue = "validator", int concurrency = 1, double drainSeconds = 1, TimeSpan? deadline = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:rabbitmq"] = connectionString,
            ["Messaging:RetrySeconds"] = "0.01",
            ["Messaging:MaxRetrySeconds"] = "0.2",
            ["Messaging:DrainSeconds"] = drainSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Messaging:ConfirmSeconds"] = "10",
        });
        builder.AddServiceDefaults("test");
        builder.Logging.SetMinimumLevel(LogLevel.None).ClearProviders();
        builder.Services.AddSingleton(script);
        builder.AddQueue(queue, q =>
        {
            q.Concurrency = concurrency;
            q.Prefetch = 32;
            q.Deadline = deadline ?? TimeSpan.FromMinutes(1);
            q.On<CandidateGenerated, ScriptedHandler>("candidate.generated");
        });
        builder.AddDeadLetterQueue<DeadLetterCollector>();
        var app = builder.Build();
        app.MapServiceDefaults();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestService(app);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>What the handler does with each message, and what it has seen.</summary>
    internal sealed class Script
    {
        public Func<CandidateGenerated, MessageContext, CancellationToken, Task> Handle { get; set; } = (_, _, _) => Task.CompletedTask;

        public Channel<(CandidateGenerated Message, MessageContext Context)> Handled { get; } =
            Channel.CreateUnbounded<(CandidateGenerated, MessageContext)>();

        public Channel<(DeadLetter Letter, MessageContext Context)> Letters { get; } =
            Channel.CreateUnbounded<(DeadLetter, MessageContext)>();

        public ConcurrentDictionary<string, int> Deliveries { get; } = new();
    }

    internal sealed class ScriptedHandler(Script script) : IMessageHandler<CandidateGenerated>
    {
        public async Task HandleAsync(CandidateGenerated message, MessageContext context, CancellationToken cancellationToken)
        {
            script.Deliveries.AddOrUpdate(message.Candidate.Id, 1, (_, n) => n + 1);
            await script.Handle(message, context, cancellationToken);
            await script.Handled.Writer.WriteAsync((message, context), cancellationToken);
        }
    }

    internal sealed class DeadLetterCollector(Script script) : IDeadLetterHandler
    {
        public async Task HandleAsync(DeadLetter letter, MessageContext context, CancellationToken cancellationToken) =>
            await script.Letters.Writer.WriteAsync((letter, context), cancellationToken);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NnGpt.ServiceDefaults.Telemetry;

namespace NnGpt.ServiceDefaults.Messaging;

/// <summary>Runs the handler of a delivery under its deadline and says what becomes of the message.</summary>
internal sealed partial class DeliveryProcessor(
    IServiceScopeFactory scopes, IOptions<MessagingOptions> options, TimeProvider time, ILogger<DeliveryProcessor> logger)
{
    private static readonly Histogram<double> s_duration =
        NnGptTelemetry.Meter.CreateHistogram("messaging.process.duration", "s", "Time a service takes for a message.", tags: null, MessagingTags.Seconds);

    // A connection lost while a handler runs brings the message back before the handler has finished.
    private readonly ConcurrentDictionary<(string Queue, string MessageId), Task<Verdict>> _running = new();
    private readonly ConcurrentDictionary<(string Queue, string MessageId), bool> _finishedUnsettled = new();

    public async Task<Verdict> ProcessAsync(Delivery delivery, CancellationToken cancelHandlers)
    {
        string id = delivery.Context.MessageId;
        if (delivery.Letter is null && Unreadable(delivery) is { } problem)
        {
            Rejected(logger, delivery.Queue.Name, id, problem);
            return Verdict.DeadLetter;
        }
        if (id.Length == 0 || delivery.Letter is not null)
            return await RunAsync(delivery, cancelHandlers);

        var key = (delivery.Queue.Name, id);
        if (delivery.Context.Redelivered && _finishedUnsettled.TryRemove(key, out _))
            return Verdict.Acknowledge;
        var started = new TaskCompletionSource<Verdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        var current = _running.GetOrAdd(key, started.Task);
        if (current != started.Task)
        {
            Joined(logger, delivery.Queue.Name, id);
            return await current;
        }
        var verdict = Verdict.Requeue;
        try
        {
            return verdict = await RunAsync(delivery, cancelHandlers);
        }
        finally
        {
            _running.TryRemove(key, out _);
            started.SetResult(verdict);
        }
    }

    /// <summary>The broker did not hear of the verdict and will deliver the message again.</summary>
    public void NotSettled(Delivery delivery, Verdict verdict)
    {
        Unsettled(logger, delivery.Queue.Name, delivery.Context.MessageId);
        if (verdict == Verdict.Acknowledge && delivery.Letter is null && delivery.Context.MessageId.Length > 0)
            _finishedUnsettled[(delivery.Queue.Name, delivery.Context.MessageId)] = true;
    }

    private static string? Unreadable(Delivery delivery)
    {
        if (!delivery.KnownSchema)
            return "its schema version is unknown";
        if (!delivery.Queue.Routes.TryGetValue(delivery.Context.RoutingKey, out var route))
            return $"no handler for routing key '{delivery.Context.RoutingKey}'";
        return route.Type == delivery.Type ? null : $"type '{delivery.Type}' instead of '{route.Type}'";
    }

    private async Task<Verdict> RunAsync(Delivery delivery, CancellationToken cancelHandlers)
    {
        var (queue, context) = (delivery.Queue, delivery.Context);
        string operation = delivery.Letter is null ? context.RoutingKey : "dead letter";
        using var activity = NnGptTelemetry.Source.StartActivity($"process {operation}", ActivityKind.Consumer, context.Trace);
        var described = MessagingTags.Process(options.Value.Exchange, operation, queue.Name);
        MessagingTags.Describe(activity, described, "process", context.RoutingKey, context.MessageId, delivery.Body.Length);
        long start = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(queue.Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancelHandlers);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (delivery.Letter is { } letter)
            {
                var handler = (IDeadLetterHandler)scope.ServiceProvider.GetRequiredService(queue.DeadLetterHandler!);
                await handler.HandleAsync(letter, context, both.Token);
            }
            else
            {
                await queue.Routes[context.RoutingKey].Handle(scope.ServiceProvider, delivery.Body, context, both.Token);
            }
            return Verdict.Acknowledge;
        }
        catch (InvalidProtocolBufferException e) when (delivery.Letter is null)
        {
            MessagingTags.Fail(activity, ref described, e);
            Rejected(logger, queue.Name, context.MessageId, e.Message);
            return Verdict.DeadLetter;
        }
        catch (Exception e)
        {
            MessagingTags.Fail(activity, ref described, e);
            if (cancelHandlers.IsCancellationRequested)
            {
                Interrupted(logger, queue.Name, context.MessageId);
                return Verdict.Requeue;
            }
            if (deadline.IsCancellationRequested)
                DeadlineExceeded(logger, queue.Name, context.MessageId, queue.Deadline.TotalSeconds);
            else
                HandlerFailed(logger, e, queue.Name, context.MessageId, context.DeliveryCount + 1);
            await Task.Delay(options.Value.Pause(context.DeliveryCount), time, cancelHandlers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Verdict.Requeue;
        }
        finally
        {
            s_duration.Record(time.GetElapsedTime(start).TotalSeconds, described);
        }
    }
}

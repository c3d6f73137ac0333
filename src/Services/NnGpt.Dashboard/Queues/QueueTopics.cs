using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using NnGpt.Dashboard.Live;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Dashboard.Queues;

/// <summary>Depths of the queues, asked of the broker while somebody looks.</summary>
internal static class QueueTopics
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    public static void AddQueueTopics(this IHostApplicationBuilder builder)
    {
        builder.AddQueueDepths();
        builder.Services.AddLiveTopic("queues", provider => (_, cancel) =>
            WatchAsync(provider.GetRequiredService<QueueDepthReader>(), provider.GetRequiredService<TimeProvider>(), cancel));
    }

    private static async IAsyncEnumerable<string> WatchAsync(
        QueueDepthReader reader, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await reader.OpenAsync(cancellationToken);
        while (true)
        {
            yield return JsonSerializer.Serialize(
                new QueueState(time.GetUtcNow(), await session.ReadAsync(cancellationToken)), QueueJson.Default.QueueState);
            await Task.Delay(s_interval, time, cancellationToken);
        }
    }
}

/// <summary>The queues at a moment.</summary>
internal sealed record QueueState(DateTimeOffset At, IReadOnlyList<QueueDepth> Queues);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QueueState))]
internal sealed partial class QueueJson : JsonSerializerContext;

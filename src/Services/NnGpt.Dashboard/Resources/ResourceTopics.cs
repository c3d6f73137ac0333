using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Grpc.Core;
using NnGpt.Dashboard.Experiments;
using NnGpt.Dashboard.Live;

namespace NnGpt.Dashboard.Resources;

/// <summary>Resources and what they print.</summary>
internal sealed class ResourceTopics(ResourceServiceClient client)
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ResourceServiceClient>();
        services.AddSingleton<ResourceTopics>();
        services.AddLiveTopic("resources", provider => (_, cancel) => provider.GetRequiredService<ResourceTopics>().WatchAsync(cancel));
        services.AddLiveTopic("console", provider => provider.GetRequiredService<ResourceTopics>().WatchConsoleAsync);
    }

    // {"initialData":{"resources":[...]}}, then {"changes":{"upserts":[...]}}
    private async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = client.WatchResources(cancellationToken);
        await foreach (var update in call.ResponseStream.ReadAllAsync(cancellationToken))
            yield return ProtocolJson.Of(update);
        throw new RpcException(new Status(StatusCode.Unavailable, "The AppHost has ended the connection."));
    }

    // {"reset":true,"lines":[[1,1700000000000,"text"],...]}
    private async IAsyncEnumerable<string> WatchConsoleAsync(string resource, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = client.WatchConsole(resource, cancellationToken);
        yield return """{"reset":true,"lines":[]}""";
        await foreach (var update in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            var lines = update.LogLines.Select(line => string.Create(
                CultureInfo.InvariantCulture, $"[{line.LineNumber},{line.ReceivedAt.ToDateTimeOffset().ToUnixTimeMilliseconds()},{JsonSerializer.Serialize(line.Text)}]"));
            yield return $$"""{"reset":false,"lines":[{{string.Join(',', lines)}}]}""";
        }
        throw new RpcException(new Status(StatusCode.Unavailable, "The AppHost has ended the connection."));
    }
}

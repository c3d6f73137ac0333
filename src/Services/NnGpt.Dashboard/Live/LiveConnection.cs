using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Grpc.Core;

namespace NnGpt.Dashboard.Live;

/// <summary>
/// A page's connection: the page says what it follows, and hears {"id":1,"data":...}, {"id":1,"error":"..."} while the
/// source cannot be reached, and {"id":1,"done":true} when nothing more will come.
/// </summary>
internal sealed partial class LiveConnection(WebSocket socket, IReadOnlyDictionary<string, LiveTopic> topics, TimeProvider time, ILogger<LiveConnection> logger)
    : IDisposable
{
    private const int MaxRequestBytes = 4096;
    private const int MaxSubscriptions = 32;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_sendDeadline = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Dictionary<int, (CancellationTokenSource Stop, Task Run)> _subscriptions = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            byte[] buffer = new byte[MaxRequestBytes];
            while (await ReadAsync(buffer, gone.Token) is { } request)
            {
                if (_subscriptions.Remove(request.Id, out var previous))
                    await EndAsync(previous);
                if (request.Watch is { } name && _subscriptions.Count < MaxSubscriptions)
                    Follow(request.Id, name, request.Of ?? "", gone.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or JsonException)
        {
            // the page has gone, or sends what no page of ours does
        }
        finally
        {
            await gone.CancelAsync();
            foreach (var subscription in _subscriptions.Values)
                await EndAsync(subscription);
        }
    }

    public void Dispose() => _sending.Dispose();

    private static async Task EndAsync((CancellationTokenSource Stop, Task Run) subscription)
    {
        await subscription.Stop.CancelAsync();
        await subscription.Run;
        subscription.Stop.Dispose();
    }

    private void Follow(int id, string name, string of, CancellationToken gone)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(gone);
        _subscriptions[id] = (stop, Task.Run(() => FollowAsync(id, name, of, stop.Token), CancellationToken.None));
    }

    private async Task FollowAsync(int id, string name, string of, CancellationToken cancellationToken)
    {
        try
        {
            if (!topics.TryGetValue(name, out var topic))
            {
                await SendErrorAsync(id, $"There is nothing called '{name}' to follow.", cancellationToken);
                return;
            }
            var pause = s_firstPause;
            while (true)
            {
                try
                {
                    await foreach (string data in topic.Watch(of, cancellationToken))
                    {
                        pause = s_firstPause;
                        await SendAsync($"{{\"id\":{Text(id)},\"data\":{data}}}", cancellationToken);
                    }
                    await SendAsync($"{{\"id\":{Text(id)},\"done\":true}}", cancellationToken);
                    return;
                }
                catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
                {
                    await SendErrorAsync(id, e.Status.Detail, cancellationToken);
                    if (e.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument)
                        return;
                }
                catch (IOException e) when (!cancellationToken.IsCancellationRequested)
                {
                    await SendErrorAsync(id, e.Message, cancellationToken);
                }
                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            }
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested || e is WebSocketException or OperationCanceledException)
        {
            // the page has gone or follows something else
        }
        catch (Exception e)
        {
            TopicFailed(logger, e, name, of);
            socket.Abort();
        }
    }

    private Task SendErrorAsync(int id, string message, CancellationToken cancellationToken) =>
        SendAsync($"{{\"id\":{Text(id)},\"error\":{JsonSerializer.Serialize(message)}}}", cancellationToken);

    private async Task SendAsync(string message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            // Not cancelled when a subscription ends: half a message would end the connection. A page that no longer reads is given up.
            using var deadline = new CancellationTokenSource(s_sendDeadline, time);
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<LiveRequest?> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        int length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close || length == buffer.Length)
                return null;
            if (part.EndOfMessage)
                return JsonSerializer.Deserialize(buffer.AsSpan(0, length), LiveJson.Default.LiveRequest);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(500, LogLevel.Error, "Following {Topic} '{Of}' failed")]
    private static partial void TopicFailed(ILogger logger, Exception exception, string topic, string of);
}

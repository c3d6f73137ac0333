using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using NnGpt.Dashboard.Tests.Running;

namespace NnGpt.Dashboard.Tests.Live;

/// <summary>A page's WebSocket without a page.</summary>
internal sealed class LiveClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task<LiveClient> OpenAsync(DashboardProcess dashboard, CancellationToken cancellationToken)
    {
        var client = new LiveClient();
        client._socket.Options.SetRequestHeader("Cookie", await dashboard.CookieAsync(cancellationToken));
        client._socket.Options.SetRequestHeader("Origin", dashboard.Address.GetLeftPart(UriPartial.Authority));
        await client._socket.ConnectAsync(new Uri($"ws://{dashboard.Address.Authority}/api/live"), cancellationToken);
        return client;
    }

    public Task FollowAsync(int id, string? what, string of, CancellationToken cancellationToken) =>
        SendAsync(JsonSerializer.Serialize(new { id, watch = what, of }), cancellationToken);

    public Task SendAsync(string text, CancellationToken cancellationToken) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>The next message; null when the connection was closed.</summary>
    public async Task<JsonElement?> ReadAsync(CancellationToken cancellationToken)
    {
        var message = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer, cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(_buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonDocument.Parse(message.ToArray()).RootElement;
        }
    }

    /// <summary>Reads on to a message that fits.</summary>
    public async Task<JsonElement> FindAsync(Func<JsonElement, bool> fits, CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken) is { } message)
        {
            if (fits(message))
                return message;
        }
        throw new InvalidOperationException("the connection was closed before such a message came");
    }

    public void Dispose() => _socket.Dispose();
}

using System.Collections.Concurrent;
using System.Threading.Channels;

namespace NnGpt.Dashboard.Live;

/// <summary>Tells whoever listens that something has changed; several changes may be told as one.</summary>
internal sealed class ChangeSignal
{
    private readonly ConcurrentDictionary<Channel<bool>, bool> _listeners = new();

    public void Notify()
    {
        foreach (var listener in _listeners.Keys)
        {
            listener.Writer.TryWrite(true);
        }
    }

    /// <summary>Changes from now on, until disposed.</summary>
    public Subscription Subscribe()
    {
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _listeners[channel] = true;
        return new Subscription(channel.Reader, () => _listeners.TryRemove(channel, out _));
    }

    internal sealed class Subscription(ChannelReader<bool> reader, Action end) : IDisposable
    {
        public async Task WaitAsync(CancellationToken cancellationToken) => await reader.ReadAsync(cancellationToken);

        public void Dispose() => end();
    }
}

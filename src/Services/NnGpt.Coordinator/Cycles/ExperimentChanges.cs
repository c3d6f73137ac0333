using System.Collections.Concurrent;
using System.Threading.Channels;

namespace NnGpt.Coordinator.Cycles;

/// <summary>Tells whoever watches an experiment that it has changed; several changes may be told as one.</summary>
internal sealed class ExperimentChanges
{
    private const string Any = "";

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Channel<bool>, bool>> _watchers = new(StringComparer.Ordinal);

    public void Notify(string experiment)
    {
        foreach (string watched in (ReadOnlySpan<string>)[experiment, Any])
        {
            if (_watchers.TryGetValue(watched, out var watchers))
            {
                foreach (var channel in watchers.Keys)
                    channel.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>Something of no experiment in particular has changed.</summary>
    public void NotifyAll() => Notify(Any);

    /// <summary>Changes of any experiment.</summary>
    public Subscription SubscribeToAll() => Subscribe(Any);

    /// <summary>Changes from now on, until disposed.</summary>
    public Subscription Subscribe(string experiment)
    {
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var watchers = _watchers.GetOrAdd(experiment, _ => new());
        watchers[channel] = true;
        return new Subscription(channel.Reader, () => watchers.TryRemove(channel, out _));
    }

    internal sealed class Subscription(ChannelReader<bool> reader, Action end) : IDisposable
    {
        public async Task WaitAsync(CancellationToken cancellationToken) => await reader.ReadAsync(cancellationToken);

        public void Dispose() => end();
    }
}

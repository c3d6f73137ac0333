using System.Threading.Channels;

namespace NnGpt.Coordinator.Cycles;

/// <summary>Wakes a background loop; signals given while it works are kept, once.</summary>
internal sealed class WorkSignal
{
    private readonly Channel<bool> _channel =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _channel.Reader.ReadAsync(cancellationToken);
}

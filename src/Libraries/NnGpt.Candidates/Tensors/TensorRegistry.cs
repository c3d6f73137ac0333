using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

/// <summary>
/// Frees native memory without waiting for finalizers: every tensor that candidate code can reach is registered, and a
/// sweep after a collection of the young generations frees those that nothing refers to any more. Candidates keep
/// tensors wherever they like, so no scope can tell when one is dead; the collector can. What counts is the Tensor, not
/// its Python object: while an operator's arguments are made, only the Argument may refer to one.
/// </summary>
internal sealed class TensorRegistry : IDisposable
{
    // Bytes and tensors made since the last sweep that cause the next one.
    private const long SweepBytes = 64L << 20;
    // The same before a backward pass; less costs more to collect than it brings.
    private const long BackwardBytes = 8L << 20;
    private const int SweepCount = 16384;

    private readonly List<WeakTensor> _entries = [];
    private long _bytes;
    private int _fresh;
    private int _sweeps;

    /// <summary>Tensors that hold native memory.</summary>
    public int Count => _entries.Count;

    public TensorObject Add(TensorObject tensor)
    {
        if (_bytes > SweepBytes || _fresh > SweepCount)
            Sweep();
        _entries.Add(new WeakTensor(tensor.Tensor));
        _bytes += tensor.Tensor.NumElements * 4;
        _fresh++;
        return tensor;
    }

    /// <summary>The same tensor as an object of another class.</summary>
    public TensorObject Adopt(TensorObject tensor, NnGpt.Python.Runtime.PyClass cls) =>
        Add(new TensorObject(tensor.Tensor.Alias(), cls));

    /// <summary>
    /// Leaves what the forward pass has made to the graph, which frees it while it is walked: its memory, still in the
    /// processor's caches, then takes the gradients.
    /// </summary>
    public void BeforeBackward()
    {
        if (_bytes > BackwardBytes)
            Sweep();
    }

    /// <summary>Frees what nothing refers to any more.</summary>
    public void Sweep()
    {
        // What survived twice is in the oldest generation, which is looked at now and then.
        GC.Collect(++_sweeps % 16 == 0 ? 2 : 1, GCCollectionMode.Forced, blocking: true);
        var kept = 0;
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (entry.IsAlive)
            {
                _entries[kept++] = entry;
                continue;
            }

            entry.Dispose();
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
        _bytes = 0;
        _fresh = 0;
    }

    /// <summary>Frees everything: the candidate has ended.</summary>
    public void Dispose()
    {
        foreach (var entry in _entries)
            entry.Dispose();
        _entries.Clear();
    }
}

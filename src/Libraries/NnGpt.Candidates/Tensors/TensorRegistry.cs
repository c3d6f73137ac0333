using System.Runtime.InteropServices;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

/// <summary>
/// Frees native memory without waiting for finalizers: every tensor that candidate code can reach is registered, and a
/// sweep after a collection of the young generations disposes those whose Python object is gone. Candidates keep
/// tensors wherever they like, so no scope can tell when one is dead; the collector can.
/// </summary>
internal sealed class TensorRegistry : IDisposable
{
    // Bytes and tensors made since the last sweep that cause the next one.
    private const long SweepBytes = 192L << 20;
    private const int SweepCount = 16384;

    private readonly List<(GCHandle Object, Tensor Tensor)> _entries = [];
    private long _bytes;
    private int _fresh;
    private int _sweeps;

    public TensorObject Add(TensorObject tensor)
    {
        if (_bytes > SweepBytes || _fresh > SweepCount)
            Sweep();
        _entries.Add((GCHandle.Alloc(tensor, GCHandleType.Weak), tensor.Tensor));
        _bytes += tensor.Tensor.NumElements * 4;
        _fresh++;
        return tensor;
    }

    /// <summary>The same tensor as an object of another class.</summary>
    public TensorObject Adopt(TensorObject tensor, NnGpt.Python.Runtime.PyClass cls) =>
        Add(new TensorObject(tensor.Tensor.Alias(), cls));

    /// <summary>Frees what no Python object refers to any more.</summary>
    public void Sweep()
    {
        // What survived twice is in the oldest generation, which is looked at now and then.
        GC.Collect(++_sweeps % 16 == 0 ? 2 : 1, GCCollectionMode.Forced, blocking: true);
        var kept = 0;
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (entry.Object.Target is TensorObject alive && ReferenceEquals(alive.Tensor, entry.Tensor))
            {
                _entries[kept++] = entry;
                continue;
            }

            entry.Tensor.Dispose();
            entry.Object.Free();
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
        _bytes = 0;
        _fresh = 0;
    }

    /// <summary>Frees everything: the candidate has ended.</summary>
    public void Dispose()
    {
        foreach (var (handle, tensor) in _entries)
        {
            tensor.Dispose();
            handle.Free();
        }

        _entries.Clear();
    }
}

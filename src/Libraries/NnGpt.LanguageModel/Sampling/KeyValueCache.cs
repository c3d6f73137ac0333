using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>
/// Keys and values of the tokens so far, for a number of slots. Keys are stored transposed, (slots, KV, D, capacity), so that a new
/// query meets all of them in one sweep; values are (slots, KV, capacity, D).
/// </summary>
internal sealed class KeyValueCache : IDisposable
{
    private readonly Tensor[] _keys;
    private readonly Tensor[] _values;

    public KeyValueCache(LlamaConfig config, int slots, int capacity, Dtype dtype, Device device)
    {
        Capacity = capacity;
        _keys = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(_ => TensorScope.Detach(
            Tensor.Zeros([slots, config.KeyValueHeads, config.HeadSize, capacity], dtype, device)))];
        _values = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(_ => TensorScope.Detach(
            Tensor.Zeros([slots, config.KeyValueHeads, capacity, config.HeadSize], dtype, device)))];
    }

    public int Capacity { get; }

    /// <summary>How many sequences of that length fit into a limit.</summary>
    /// <exception cref="InsufficientMemoryException">Not even one; the message has the figures.</exception>
    public static int Slots(LlamaConfig config, Dtype dtype, int capacity, long limit)
    {
        long bytes = 2L * config.NumHiddenLayers * config.KeyValueHeads * config.HeadSize * capacity * dtype.ElementSize();
        SystemMemory.Require(bytes, limit, $"keys and values of a sequence of {capacity} tokens need");
        return (int)Math.Min(limit / bytes, int.MaxValue);
    }

    public Tensor Keys(int layer) => _keys[layer];

    public Tensor Values(int layer) => _values[layer];

    /// <summary>The first tokens of a slot's layer: keys and values (1, KV, length, D).</summary>
    public (Tensor Keys, Tensor Values) Read(int layer, int slot, int length) => (
        _keys[layer].Narrow(0, slot, 1).Narrow(3, 0, length).Transpose(2, 3),
        _values[layer].Narrow(0, slot, 1).Narrow(2, 0, length));

    /// <summary>Stores keys and values (1, KV, length, D) of a layer from a position on.</summary>
    public void Write(int layer, int slot, int position, Tensor keys, Tensor values)
    {
        _keys[layer].Narrow(0, slot, 1).Narrow(3, position, keys.Size(2)).CopyInPlace(keys.Transpose(2, 3));
        _values[layer].Narrow(0, slot, 1).Narrow(2, position, keys.Size(2)).CopyInPlace(values);
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _keys.Concat(_values))
        {
            tensor.Dispose();
        }
    }
}

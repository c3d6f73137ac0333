using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>Runs a model over new tokens only, with the keys and values of earlier ones in a cache.</summary>
internal sealed class CachedDecoder(LlamaGraph graph, RotaryTable rotary)
{
    private static readonly Operator s_decodeAttention = Operators.Get("nngpt::decode_attention");

    /// <summary>Takes tokens of one sequence into a slot, after those that it holds; the logits (V) after the last.</summary>
    /// <param name="cache">Where keys and values go.</param>
    /// <param name="slot">The sequence's slot.</param>
    /// <param name="start">Position of the first token.</param>
    /// <param name="tokens">At least one.</param>
    public Tensor Prefill(KeyValueCache cache, int slot, int start, ReadOnlySpan<int> tokens)
    {
        int length = tokens.Length;
        Tensor cos = rotary.Cos.Narrow(0, start, length);
        Tensor sin = rotary.Sin.Narrow(0, start, length);
        LlamaConfig config = graph.Config;
        Tensor hidden = graph.Hidden(Ids(tokens).Unsqueeze(0), (layer, qkv) =>
        {
            (Tensor query, Tensor key, Tensor value) = TransformerKernels.RotaryHeads(qkv, cos, sin, config.KeyValueHeads, config.HeadSize);
            cache.Write(layer, slot, start, key, value);
            if (start > 0)
            {
                (key, value) = cache.Read(layer, slot, start + length);
            }
            return TransformerKernels.CausalAttention(query, key.Contiguous(), value.Contiguous());
        });
        return graph.Logits(hidden.Select(1, length - 1)).Select(0, 0);
    }

    /// <summary>Takes one token of each sequence; the logits (R, V) after them.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="slots">Slot of each sequence.</param>
    /// <param name="positions">Position of each token.</param>
    /// <param name="tokens">The tokens.</param>
    public Tensor Step(KeyValueCache cache, long[] slots, long[] positions, ReadOnlySpan<int> tokens)
    {
        Device device = rotary.Cos.Device;
        Tensor slotIndex = Tensor.FromArray(slots).To(device);
        Tensor positionIndex = Tensor.FromArray(positions).To(device);
        Tensor hidden = graph.Hidden(Ids(tokens).Unsqueeze(1), (layer, qkv) => Attend(
            qkv.Select(1, 0).Contiguous(), cache.Keys(layer), cache.Values(layer), slotIndex, positionIndex).Unsqueeze(1));
        return graph.Logits(hidden.Select(1, 0));
    }

    private Tensor Attend(Tensor qkv, Tensor keys, Tensor values, Tensor slots, Tensor positions) =>
        qkv.Device.Type == DeviceType.Cpu
            ? s_decodeAttention.Call(qkv, rotary.Cos, rotary.Sin, keys, values, slots, positions)
            : PlainAttend(qkv, rotary.Cos, rotary.Sin, keys, values, slots, positions);

    /// <summary>nngpt::decode_attention in ATen's operators.</summary>
    internal static Tensor PlainAttend(Tensor qkv, Tensor cos, Tensor sin, Tensor keys, Tensor values, Tensor slots, Tensor positions)
    {
        long keyHeads = keys.Size(1);
        long size = keys.Size(2);
        long capacity = keys.Size(3);
        long rows = qkv.Size(0);
        Tensor rowCos = cos.IndexSelect(0, positions).Unsqueeze(1);
        Tensor rowSin = sin.IndexSelect(0, positions).Unsqueeze(1);
        Tensor Rotate(Tensor heads)
        {
            Tensor[] halves = heads.To(Dtype.Float32).Chunk(2, -1);
            return Tensor.Cat([(halves[0] * rowCos) - (halves[1] * rowSin), (halves[1] * rowCos) + (halves[0] * rowSin)], -1).To(qkv.Dtype);
        }
        Tensor heads = qkv.View(rows, -1, size);
        long queryHeads = heads.Size(1) - (2 * keyHeads);
        Tensor query = Rotate(heads.Narrow(1, 0, queryHeads)).View(rows, keyHeads, queryHeads / keyHeads, size);
        // Advanced indices apart from each other put the rows first: (R, KV, D).
        keys.Permute(0, 3, 1, 2).CopyAt(slots, positions, Rotate(heads.Narrow(1, queryHeads, keyHeads)));
        values.Permute(0, 2, 1, 3).CopyAt(slots, positions, heads.Narrow(1, queryHeads + keyHeads, keyHeads));
        Tensor mask = Tensor.Arange(capacity, Dtype.Int64, qkv.Device).Unsqueeze(0).Gt(positions.Unsqueeze(1)).View(rows, 1, 1, capacity);
        Tensor scores = (query.MatMul(keys.IndexSelect(0, slots)).To(Dtype.Float32) / Math.Sqrt(size)).MaskedFill(mask, double.NegativeInfinity);
        return scores.Softmax(-1).To(qkv.Dtype).MatMul(values.IndexSelect(0, slots)).Reshape(rows, queryHeads * size);
    }

    private Tensor Ids(ReadOnlySpan<int> tokens)
    {
        var ids = new long[tokens.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = tokens[i];
        }
        return Tensor.FromArray(ids).To(rotary.Cos.Device);
    }
}

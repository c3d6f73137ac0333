using NnGpt.Torch;

namespace NnGpt.LanguageModel.Llama;

/// <summary>
/// The steps of a decoder between its matrix products: fused operators on the CPU, the same mathematics in ATen operators elsewhere.
/// </summary>
internal static class TransformerKernels
{
    private static readonly Operator s_rmsNorm = Operators.Get("nngpt::rms_norm");
    private static readonly Operator s_addRmsNorm = Operators.Get("nngpt::add_rms_norm");
    private static readonly Operator s_swiglu = Operators.Get("nngpt::swiglu");
    private static readonly Operator s_rotaryHeads = Operators.Get("nngpt::rotary_heads");
    private static readonly Operator s_causalAttention = Operators.Get("nngpt::causal_attention");
    private static readonly Operator s_crossEntropy = Operators.Get("nngpt::cross_entropy_");

    /// <summary>RMSNorm of the float32 residual stream, in the wanted type.</summary>
    public static Tensor RmsNorm(Tensor x, Tensor weight, double eps, Dtype dtype) =>
        IsCpu(x) ? s_rmsNorm.Call(x, weight, eps, dtype) : PlainNorm(x, weight, eps).To(dtype);

    /// <summary>Adds a branch to the residual stream and normalises the sum, in the branch's type.</summary>
    public static (Tensor Sum, Tensor Normed) AddRmsNorm(Tensor x, Tensor branch, Tensor weight, double eps)
    {
        if (IsCpu(x))
        {
            Tensor[] both = s_addRmsNorm.CallMany(x, branch, weight, eps);
            return (both[0], both[1]);
        }
        Tensor sum = x + branch;
        return (sum, PlainNorm(sum, weight, eps).To(branch.Dtype));
    }

    /// <summary>silu(gate) * up of (..., 2 F) -> (..., F).</summary>
    public static Tensor SwiGlu(Tensor gateUp)
    {
        if (IsCpu(gateUp))
        {
            return s_swiglu.Call(gateUp);
        }
        Tensor[] halves = gateUp.Chunk(2, -1);
        return halves[0].Silu() * halves[1];
    }

    /// <summary>(B, T, (H + 2 KV) D) -> q (B, H, T, D), k and v (B, KV, T, D), with rotary positions; cos and sin are (T, D / 2).</summary>
    public static (Tensor Query, Tensor Key, Tensor Value) RotaryHeads(Tensor qkv, Tensor cos, Tensor sin, int keyHeads, int headSize)
    {
        if (IsCpu(qkv))
        {
            Tensor[] parts = s_rotaryHeads.CallMany(qkv, cos, sin, (long)keyHeads, (long)headSize);
            return (parts[0], parts[1], parts[2]);
        }
        Tensor heads = qkv.View(qkv.Size(0), qkv.Size(1), -1, headSize).Transpose(1, 2);
        long queryHeads = heads.Size(1) - (2 * keyHeads);
        return (
            Rotate(heads.Narrow(1, 0, queryHeads), cos, sin),
            Rotate(heads.Narrow(1, queryHeads, keyHeads), cos, sin),
            heads.Narrow(1, queryHeads + keyHeads, keyHeads).Contiguous());
    }

    /// <summary>Causal attention of the last T positions over S keys: q (B, H, T, D), k and v (B, KV, S, D) -> (B, T, H D).</summary>
    public static Tensor CausalAttention(Tensor query, Tensor key, Tensor value)
    {
        if (IsCpu(query))
        {
            return s_causalAttention.Call(query, key, value);
        }
        long[] shape = query.Shape;
        long group = shape[1] / key.Size(1);
        long keys = key.Size(2);
        Tensor repeatedKey = group == 1 ? key : key.RepeatInterleave(group, 1);
        Tensor repeatedValue = group == 1 ? value : value.RepeatInterleave(group, 1);
        Tensor mask = Tensor.Ones([shape[2], keys], Dtype.Bool, query.Device).Triu(1 + keys - shape[2]);
        Tensor scores = (query.MatMul(repeatedKey.Transpose(2, 3)) / Math.Sqrt(shape[3])).MaskedFill(mask, double.NegativeInfinity);
        return scores.Softmax(-1, Dtype.Float32).To(query.Dtype).MatMul(repeatedValue).Transpose(1, 2).Reshape(shape[0], shape[2], -1);
    }

    /// <summary>
    /// Cross entropy of logits (N, V), which it overwrites, and targets (N); targets of -100 do not count. The mean over those that do,
    /// or their sum divided by a divisor.
    /// </summary>
    public static Tensor CrossEntropy(Tensor logits, Tensor targets, double divisor = 0)
    {
        if (IsCpu(logits))
        {
            return s_crossEntropy.Call(logits, targets, -100L, divisor);
        }
        Tensor mean = logits.To(Dtype.Float32).CrossEntropy(targets);
        return divisor > 0 ? mean * (targets.Ne(-100).Sum().Item<double>() / divisor) : mean;
    }

    private static bool IsCpu(Tensor tensor) => tensor.Device.Type == DeviceType.Cpu;

    private static Tensor PlainNorm(Tensor x, Tensor weight, double eps)
    {
        Tensor wide = x.To(Dtype.Float32);
        return wide * (wide.Square().Mean(-1, keepDim: true) + eps).Rsqrt() * weight;
    }

    private static Tensor Rotate(Tensor heads, Tensor cos, Tensor sin)
    {
        Tensor[] halves = heads.To(Dtype.Float32).Chunk(2, -1);
        return Tensor.Cat([(halves[0] * cos) - (halves[1] * sin), (halves[1] * cos) + (halves[0] * sin)], -1).To(heads.Dtype).Contiguous();
    }
}

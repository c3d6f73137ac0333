using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Functional;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

/// <summary>MultiheadAttention and the transformer's layers.</summary>
internal static partial class Attention
{
    public static void Define()
    {
        DefineMultihead();
        DefineTransformer();
    }

    private static void DefineMultihead()
    {
        LayerTable.Layer("NonDynamicallyQuantizableLinear", "linear", "", null, "input", null, parent: LayerTable.Classes["Linear"]);
        var cls = LayerTable.Layer("MultiheadAttention", "activation",
            "embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None, dtype=None",
            (m, a) => Init(m, a),
            "query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True", (m, a) =>
                Forward(m, LayerTable.InputWith(a[1], "dim"), LayerTable.InputWith(a[2], "is_nested"), LayerTable.InputWith(a[3], "is_nested"),
                    a[4] as TensorObject, a.Bool(5), a[6] as TensorObject, a.Bool(7)));
        cls.Method("_reset_parameters", "self", a =>
        {
            Reset((ModuleObject)a[0]);
            return null;
        });
    }

    private static void Init(ModuleObject m, NativeArguments a)
    {
        m.Attributes!.Remove("add_bias_kv");
        var embed = a[1];
        var dtype = a[11];
        if (a.IsNone(7))
            m.SetAttribute("kdim", embed);
        if (a.IsNone(8))
            m.SetAttribute("vdim", embed);
        var same = Py.AreEqual(m.Get("kdim"), embed) && Py.AreEqual(m.Get("vdim"), embed);
        m.SetAttribute("_qkv_same_embed_dim", Py.Bool(same));
        m.SetAttribute("head_dim", Py.Binary(BinaryOperator.FloorDivide, embed, a[2]));
        if (!Py.AreEqual(Py.Binary(BinaryOperator.Multiply, m.Get("head_dim"), a[2]), embed))
            throw PyErrors.AssertionError("embed_dim must be divisible by num_heads");
        var three = Py.Binary(BinaryOperator.Multiply, Py.Int(3), embed);
        if (same)
        {
            LayerTable.NewParameter("in_proj_weight", m, dtype, three, embed);
            foreach (var name in (string[])["q_proj_weight", "k_proj_weight", "v_proj_weight"])
                LayerTable.NoParameter(m, name);
        }
        else
        {
            LayerTable.NewParameter("q_proj_weight", m, dtype, embed, embed);
            LayerTable.NewParameter("k_proj_weight", m, dtype, embed, m.Get("kdim"));
            LayerTable.NewParameter("v_proj_weight", m, dtype, embed, m.Get("vdim"));
            LayerTable.NoParameter(m, "in_proj_weight");
        }

        if (a.Bool(4))
            LayerTable.NewParameter("in_proj_bias", m, dtype, three);
        else
            LayerTable.NoParameter(m, "in_proj_bias");
        m.Modules!.Set("out_proj", Py.Call(LayerTable.Classes["NonDynamicallyQuantizableLinear"], embed, embed, a[4], a[10], dtype));
        foreach (var name in (string[])["bias_k", "bias_v"])
        {
            if (a.Bool(5))
                LayerTable.NewParameter(name, m, dtype, Py.Int(1), Py.Int(1), embed);
            else
                m.SetAttribute(name, Py.None);
        }

        Py.CallMethod(m, "_reset_parameters");
    }

    private static void Reset(ModuleObject m)
    {
        foreach (var name in (string[])["in_proj_weight", "q_proj_weight", "k_proj_weight", "v_proj_weight"])
        {
            if (m.Parameter(name) is { } weight)
                Initialization.XavierUniform(weight);
        }

        if (m.Parameter("in_proj_bias") is { } bias)
        {
            Initialization.Fill(bias, 0);
            Initialization.Fill(m.Child("out_proj")!.Parameter("bias")!, 0);
        }

        foreach (var name in (string[])["bias_k", "bias_v"])
        {
            if (m.Parameter(name) is { } value)
                Initialization.XavierNormal(value);
        }
    }

    public static PyTuple Forward(
        ModuleObject m, TensorObject query, TensorObject key, TensorObject value, TensorObject? padding, bool needWeights, TensorObject? mask, bool average)
    {
        var batched = query.Dim == 3;
        if (query.Dim is not (2 or 3))
            throw PyErrors.AssertionError($"query should be unbatched 2D or batched 3D tensor but received {query.Dim}-D query tensor");
        if (key.Dim != query.Dim || value.Dim != query.Dim)
            throw PyErrors.AssertionError($"For {(batched ? "batched" : "unbatched")} (3-D) `query`, expected `key` and `value` to be {query.Dim}-D but found {key.Dim}-D and {value.Dim}-D tensors respectively");
        if (batched && ReferenceEquals(query, key) && ReferenceEquals(key, value) && mask is null && TakesNativePath(m) && m.Parameter("in_proj_bias") is null)
            throw PyErrors.TypeError("_native_multi_head_attention(): argument 'qkv_bias' (position 7) must be Tensor, not NoneType");
        var flip = batched && m.Bool("batch_first");
        if (flip)
        {
            var (sameKey, sameValue) = (ReferenceEquals(key, query), ReferenceEquals(value, key));
            query = Aten.Call("transpose.int", query, 1L, 0L);
            key = sameKey ? query : Aten.Call("transpose.int", key, 1L, 0L);
            value = sameValue ? key : Aten.Call("transpose.int", value, 1L, 0L);
        }
        else if (!batched)
        {
            var (sameKey, sameValue) = (ReferenceEquals(key, query), ReferenceEquals(value, key));
            query = Aten.Call("unsqueeze", query, 1L);
            key = sameKey ? query : Aten.Call("unsqueeze", key, 1L);
            value = sameValue ? key : Aten.Call("unsqueeze", value, 1L);
            padding = padding is null ? null : Aten.Call("unsqueeze", padding, 0L);
        }

        var (output, weights) = Compute(m, query, key, value, padding, mask, needWeights, average);
        if (flip)
            output = Aten.Call("transpose.int", output, 1L, 0L);
        if (!batched)
        {
            output = Aten.Call("squeeze.dim", output, 1L);
            weights = weights is null ? null : Aten.Call("squeeze.dim", weights, 0L);
        }

        return new PyTuple(output, weights is null ? Py.None : weights);
    }

    // PyTorch 1.13 has a fused kernel for inference, which refuses what the ordinary path takes.
    private static bool TakesNativePath(ModuleObject m) =>
        !m.Training && m.Bool("batch_first") && m.Parameter("bias_k") is null && m.Double("dropout") == 0 && !m.Bool("add_zero_attn")
        && m.Bool("_qkv_same_embed_dim") && m.Long("num_heads") % 2 == 0 && !NoGrad.IsGradEnabled;

    private static (TensorObject Output, TensorObject? Weights) Compute(
        ModuleObject m, TensorObject query, TensorObject key, TensorObject value, TensorObject? padding, TensorObject? mask, bool needWeights, bool average)
    {
        var shape = query.Shape;
        var (length, batch, embed) = (shape[0], shape[1], shape[2]);
        var heads = m.Long("num_heads");
        var expected = m.Long("embed_dim");
        if (embed != expected)
            throw PyErrors.AssertionError($"was expecting embedding dimension of {expected}, but got {embed}");
        var headDim = embed / heads;
        var packed = m.Bool("_qkv_same_embed_dim");
        if (packed && !key.Shape.AsSpan().SequenceEqual(value.Shape))
            throw PyErrors.AssertionError($"key shape {Py.Repr(SizeObject.Of(key.Shape))} does not match value shape {Py.Repr(SizeObject.Of(value.Shape))}");
        if (!packed && !key.Shape.AsSpan(0, 2).SequenceEqual(value.Shape.AsSpan(0, 2)))
            throw PyErrors.AssertionError("key's sequence and batch dims do not match value's");
        var (q, k, v) = packed ? ProjectPacked(m, query, key, value, embed) : ProjectSeparately(m, query, key, value);
        mask = PrepareMask(mask, length, key.Shape[0], batch * heads);
        if (m.Parameter("bias_k") is { } biasK && m.Parameter("bias_v") is { } biasV)
        {
            k = Cat(k, Aten.Call("repeat", biasK, new long[] { 1, batch, 1 }), 0);
            v = Cat(v, Aten.Call("repeat", biasV, new long[] { 1, batch, 1 }), 0);
            mask = PadOne(mask);
            padding = PadOne(padding);
        }

        TensorObject Heads(TensorObject x) => Aten.Call("transpose.int",
            Aten.Call("view", Aten.Call("contiguous", x), new long[] { x.Shape[0], batch * heads, headDim }), 0L, 1L);
        q = Heads(q);
        k = Heads(k);
        v = Heads(v);
        if (m.Bool("add_zero_attn"))
        {
            var zeros = Aten.Call("zeros", new long[] { batch * heads, 1, headDim }, k.Tensor.Dtype);
            k = Cat(k, zeros, 1);
            v = Cat(v, zeros, 1);
            mask = PadOne(mask);
            padding = PadOne(padding);
        }

        var source = k.Shape[1];
        if (padding is not null)
            mask = Merge(mask, padding, batch, heads, source);
        if (mask is { Tensor.Dtype: Dtype.Bool })
            mask = Aten.InPlace("masked_fill_.Scalar", Aten.Call("zeros_like", mask, q.Tensor.Dtype), mask, double.NegativeInfinity);
        var scaled = Aten.Call("div.Tensor", q, Aten.Call("scalar_tensor", Math.Sqrt(headDim), q.Tensor.Dtype));
        var turned = Aten.Call("transpose.int", k, -2L, -1L);
        var weights = mask is null ? Aten.Call("bmm", scaled, turned) : Aten.Call("baddbmm", mask, scaled, turned);
        weights = Aten.Call("softmax.int", weights, -1L);
        var dropout = m.Training ? m.Double("dropout") : 0;
        if (dropout > 0)
            weights = Aten.Call("dropout", weights, dropout, true);
        var output = Aten.Call("bmm", weights, v);
        output = Aten.Call("view", Aten.Call("contiguous", Aten.Call("transpose.int", output, 0L, 1L)), new long[] { length * batch, embed });
        var projection = m.Child("out_proj")!;
        output = Aten.Call("linear", output, projection.Parameter("weight"), projection.Parameter("bias"));
        output = Aten.Call("view", output, new long[] { length, batch, output.Shape[1] });
        if (!needWeights)
            return (output, null);
        weights = Aten.Call("view", weights, new long[] { batch, heads, length, source });
        return (output, average ? Aten.Call("div.Scalar", Aten.Call("sum.dim_IntList", weights, new long[] { 1 }), heads) : weights);
    }

    private static (TensorObject Q, TensorObject K, TensorObject V) ProjectPacked(ModuleObject m, TensorObject query, TensorObject key, TensorObject value, long embed)
    {
        var weight = m.Parameter("in_proj_weight")!;
        var bias = m.Parameter("in_proj_bias");
        if (ReferenceEquals(key, value) && ReferenceEquals(query, key))
        {
            var all = Aten.CallMany("chunk", Aten.Call("linear", query, weight, bias), 3L, -1L);
            return (all[0], all[1], all[2]);
        }

        if (ReferenceEquals(key, value))
        {
            long[] sizes = [embed, 2 * embed];
            var w = Aten.CallMany("split_with_sizes", weight, sizes);
            var b = bias is null ? null : Aten.CallMany("split_with_sizes", bias, sizes);
            var pair = Aten.CallMany("chunk", Aten.Call("linear", key, w[1], b?[1]), 2L, -1L);
            return (Aten.Call("linear", query, w[0], b?[0]), pair[0], pair[1]);
        }

        var ws = Aten.CallMany("chunk", weight, 3L, 0L);
        var bs = bias is null ? null : Aten.CallMany("chunk", bias, 3L, 0L);
        return (Aten.Call("linear", query, ws[0], bs?[0]), Aten.Call("linear", key, ws[1], bs?[1]), Aten.Call("linear", value, ws[2], bs?[2]));
    }

    private static (TensorObject Q, TensorObject K, TensorObject V) ProjectSeparately(ModuleObject m, TensorObject query, TensorObject key, TensorObject value)
    {
        var bs = m.Parameter("in_proj_bias") is { } bias ? Aten.CallMany("chunk", bias, 3L, 0L) : null;
        return (Aten.Call("linear", query, m.Parameter("q_proj_weight"), bs?[0]), Aten.Call("linear", key, m.Parameter("k_proj_weight"), bs?[1]),
            Aten.Call("linear", value, m.Parameter("v_proj_weight"), bs?[2]));
    }

    private static TensorObject? PrepareMask(TensorObject? mask, long length, long source, long batchHeads)
    {
        if (mask is null)
            return null;
        if (mask.Tensor.Dtype == Dtype.UInt8)
            mask = Aten.Call("to.dtype", mask, Dtype.Bool);
        if (!mask.Tensor.Dtype.IsFloatingPoint() && mask.Tensor.Dtype != Dtype.Bool)
            throw PyErrors.AssertionError($"Only float, byte, and bool types are supported for attn_mask, not torch.{mask.Tensor.Dtype.PythonName()}");
        long[] expected = mask.Dim == 2 ? [length, source] : [batchHeads, length, source];
        if (mask.Dim is not (2 or 3))
            throw PyErrors.RuntimeError($"attn_mask's dimension {mask.Dim} is not supported");
        if (!mask.Shape.AsSpan().SequenceEqual(expected))
        {
            throw Aten.OfOperator(PyErrors.RuntimeError(
                $"The shape of the {mask.Dim}D attn_mask is {Py.Repr(SizeObject.Of(mask.Shape))}, but should be {Py.Repr(PyTuple.OfInts(expected))}."));
        }

        return mask.Dim == 2 ? Aten.Call("unsqueeze", mask, 0L) : mask;
    }

    private static TensorObject Merge(TensorObject? mask, TensorObject padding, long batch, long heads, long source)
    {
        if (!padding.Shape.AsSpan().SequenceEqual([batch, source]))
            throw PyErrors.AssertionError($"expecting key_padding_mask shape of ({batch}, {source}), but got {Py.Repr(SizeObject.Of(padding.Shape))}");
        var view = Aten.Call("expand", Aten.Call("view", padding, new long[] { batch, 1, 1, source }), new long[] { -1, heads, -1, -1 });
        view = Aten.Call("reshape", view, new long[] { batch * heads, 1, source });
        if (mask is null)
            return view;
        return mask.Tensor.Dtype == Dtype.Bool
            ? Aten.Call("logical_or", mask, view)
            : Aten.Call("masked_fill.Scalar", mask, view, double.NegativeInfinity);
    }

    private static TensorObject? PadOne(TensorObject? mask) =>
        mask is null ? null : Aten.Call("constant_pad_nd", mask, new long[] { 0, 1 }, 0L);

    private static TensorObject Cat(TensorObject left, TensorObject right, long dim) => Aten.Call("cat", (Tensor?[])[left.Tensor, right.Tensor], dim);
}

using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

internal static partial class Attention
{
    private const string LayerSignature =
        "self, d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, device=None, dtype=None";

    private static void DefineTransformer()
    {
        DefineEncoder();
        DefineDecoder();
        var cls = LayerTable.Layer("Transformer", "transformer",
            "d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, activation=None, custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, device=None, dtype=None",
            (m, a) =>
            {
                var keywords = (Keyword[])[new("batch_first", a[11]), new("norm_first", a[12]), new("layer_norm_eps", a[10]), .. a.IsNone(7) ? Array.Empty<Keyword>() : [new("activation", a[7])]];
                object Stack(string kind, object count)
                {
                    var layer = Py.Call(LayerTable.Classes[$"Transformer{kind}Layer"], [a[1], a[2], a[5], a[6]], keywords);
                    var norm = Py.Call(LayerTable.Classes["LayerNorm"], [a[1]], (Keyword[])[new("eps", a[10])]);
                    return Py.Call(LayerTable.Classes[$"Transformer{kind}"], layer, count, norm);
                }

                Py.SetAttr(m, "encoder", a.IsNone(8) ? Stack("Encoder", a[3]) : a[8]);
                Py.SetAttr(m, "decoder", a.IsNone(9) ? Stack("Decoder", a[4]) : a[9]);
                foreach (var parameter in ModuleClass.Parameters(m).Where(p => p.Dim > 1).ToList())
                    Initialization.XavierUniform(parameter);
            }, "src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None", (m, a) =>
            {
                var (src, tgt) = (LayerTable.InputWith(a[1], "dim"), LayerTable.InputWith(a[2], "dim"));
                var batchDim = m.Bool("batch_first") ? 0 : 1;
                if (src.Dim == 3 && tgt.Dim == 3 && src.Shape[batchDim] != tgt.Shape[batchDim])
                    throw PyErrors.RuntimeError("the batch number of src and tgt must be equal");
                if (src.Shape[^1] != m.Long("d_model") || tgt.Shape[^1] != m.Long("d_model"))
                    throw PyErrors.RuntimeError("the feature number of src and tgt must be equal to d_model");
                var memory = Py.Call(m.Child("encoder")!, [src], (Keyword[])[new("mask", a[3]), new("src_key_padding_mask", a[6])]);
                return Py.Call(m.Child("decoder")!, [tgt, memory], (Keyword[])[new("tgt_mask", a[4]), new("memory_mask", a[5]), new("tgt_key_padding_mask", a[7]), new("memory_key_padding_mask", a[8])]);
            });
        cls.StaticMethod("generate_square_subsequent_mask", "sz, device='cpu'", a =>
            Aten.Call("triu", Aten.Call("full", new long[] { a.Long(0), a.Long(0) }, double.NegativeInfinity), 1L));
    }

    private static void DefineEncoder()
    {
        var layer = LayerTable.Layer("TransformerEncoderLayer", "transformer", "", null, "src, src_mask=None, src_key_padding_mask=None", (m, a) =>
        {
            var x = LayerTable.InputWith(a[1], "dim");
            var fused = IsFused(m, x, a[2]);
            TensorObject Attention(TensorObject input) => fused
                ? Attend(m, "self_attn", "dropout1", input, input, a[2], a[3])
                : Block(m, "_sa_block", input, a[2], a[3]);
            TensorObject Feed(TensorObject input) => fused ? FeedForward(m, input, "dropout2") : Block(m, "_ff_block", input);
            if (m.Bool("norm_first"))
            {
                x = Add(x, Attention(ModuleClass.CallTensor(m.Child("norm1")!, x)));
                return Add(x, Feed(ModuleClass.CallTensor(m.Child("norm2")!, x)));
            }

            x = ModuleClass.CallTensor(m.Child("norm1")!, Add(x, Attention(x)));
            return ModuleClass.CallTensor(m.Child("norm2")!, Add(x, Feed(x)));
        });
        layer.Method("__init__", LayerSignature, a =>
        {
            var m = (ModuleObject)a[0];
            m.Initialize();
            m.Modules!.Set("self_attn", NewAttention(a));
            NewFeedForward(m, a, norms: 2);
            return null;
        });
        DefineBlocks(layer, feedForwardDropout: "dropout2");
        LayerTable.Layer("TransformerEncoder", "transformer", "encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True", (m, a) =>
        {
            m.Attributes!.Clear();
            m.SetAttribute("num_layers", a[2]);
            m.Modules!.Set("layers", Clones(a[1], a.Long(2)));
            SetNorm(m, a[3]);
        }, "src, mask=None, src_key_padding_mask=None", (m, a) =>
        {
            var x = a[1];
            foreach (var child in m.Child("layers")!.Modules!.Values)
                x = Py.Call(child, [x], (Keyword[])[new("src_mask", a[2]), new("src_key_padding_mask", a[3])]);
            return m.Child("norm") is { } norm ? ModuleClass.Call(norm, x) : x;
        });
    }

    private static void DefineDecoder()
    {
        var layer = LayerTable.Layer("TransformerDecoderLayer", "transformer", "", null,
            "tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None", (m, a) =>
            {
                var x = LayerTable.InputWith(a[1], "is_nested");
                var memory = LayerTable.InputWith(a[2], "is_nested");
                if (m.Bool("norm_first"))
                {
                    x = Add(x, Block(m, "_sa_block", ModuleClass.CallTensor(m.Child("norm1")!, x), a[3], a[5]));
                    x = Add(x, Block(m, "_mha_block", ModuleClass.CallTensor(m.Child("norm2")!, x), memory, a[4], a[6]));
                    return Add(x, Block(m, "_ff_block", ModuleClass.CallTensor(m.Child("norm3")!, x)));
                }

                x = ModuleClass.CallTensor(m.Child("norm1")!, Add(x, Block(m, "_sa_block", x, a[3], a[5])));
                x = ModuleClass.CallTensor(m.Child("norm2")!, Add(x, Block(m, "_mha_block", x, memory, a[4], a[6])));
                return ModuleClass.CallTensor(m.Child("norm3")!, Add(x, Block(m, "_ff_block", x)));
            });
        layer.Method("__init__", LayerSignature, a =>
        {
            var m = (ModuleObject)a[0];
            m.Initialize();
            m.Modules!.Set("self_attn", NewAttention(a));
            m.Modules.Set("multihead_attn", NewAttention(a));
            NewFeedForward(m, a, norms: 3);
            return null;
        });
        DefineBlocks(layer, feedForwardDropout: "dropout3");
        layer.Method("_mha_block", "self, x, mem, attn_mask, key_padding_mask", a => Attend((ModuleObject)a[0], "multihead_attn", "dropout2", a[1], a[2], a[3], a[4]));
        LayerTable.Layer("TransformerDecoder", "transformer", "decoder_layer, num_layers, norm=None", (m, a) =>
        {
            m.Attributes!.Clear();
            m.SetAttribute("num_layers", a[2]);
            m.Modules!.Set("layers", Clones(a[1], a.Long(2)));
            SetNorm(m, a[3]);
        }, "tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None", (m, a) =>
        {
            var x = a[1];
            foreach (var child in m.Child("layers")!.Modules!.Values)
            {
                x = Py.Call(child, [x, a[2]], (Keyword[])[new("tgt_mask", a[3]), new("memory_mask", a[4]),
                    new("tgt_key_padding_mask", a[5]), new("memory_key_padding_mask", a[6])]);
            }

            return m.Child("norm") is { } norm ? ModuleClass.Call(norm, x) : x;
        });
    }

    private static object NewAttention(NativeArguments a) => Py.Call(LayerTable.Classes["MultiheadAttention"], [a[1], a[2]],
        (Keyword[])[new("dropout", a[4]), new("batch_first", a[7])]);

    // linear1, dropout, linear2, the norms, the dropouts: the order in which PyTorch draws and registers them.
    private static void NewFeedForward(ModuleObject m, NativeArguments a, int norms)
    {
        var children = m.Modules!;
        children.Set("linear1", Py.Call(LayerTable.Classes["Linear"], a[1], a[3]));
        children.Set("dropout", Py.Call(LayerTable.Classes["Dropout"], a[4]));
        children.Set("linear2", Py.Call(LayerTable.Classes["Linear"], a[3], a[1]));
        m.SetAttribute("norm_first", a[8]);
        for (var i = 1; i <= norms; i++)
            children.Set($"norm{i}", Py.Call(LayerTable.Classes["LayerNorm"], [a[1]], (Keyword[])[new("eps", a[6])]));
        for (var i = 1; i <= norms; i++)
            children.Set($"dropout{i}", Py.Call(LayerTable.Classes["Dropout"], a[4]));
        object activation = a[5];
        if (activation is PyNone || Py.TryText(activation, out _))
        {
            var name = activation is PyNone ? "relu" : Py.Str(activation);
            if (name is not ("relu" or "gelu"))
                throw PyErrors.RuntimeError($"activation should be relu/gelu, not {name}");
            activation = Modules.FunctionalModule.Template.Find(name)!;
        }

        Py.SetAttr(m, "activation", activation);
    }

    private static object Clones(object layer, long count)
    {
        var list = (ModuleObject)Py.Call(LayerTable.Classes["ModuleList"]);
        var deepCopy = Py.GetAttr(CandidateSession.Current.Interpreter!.FindModule("copy")!, "deepcopy");
        for (long i = 0; i < count; i++)
            ModuleClass.AddModule(list, i.ToString(System.Globalization.CultureInfo.InvariantCulture), Py.Call(deepCopy, layer));
        return list;
    }

    private static void SetNorm(ModuleObject m, object norm)
    {
        if (norm is ModuleObject)
            m.Modules!.Set("norm", norm);
        else
            m.SetAttribute("norm", norm);
    }

    // Where PyTorch takes its fused encoder layer, what a candidate has overridden is not called.
    private static bool IsFused(ModuleObject m, TensorObject x, object mask)
    {
        if (x.Dim != 3 || m.Training || mask is not PyNone
            || m.Child("self_attn") is not { } attention || !attention.Class.IsSubclassOf(LayerTable.Classes["MultiheadAttention"])
            || !attention.Bool("batch_first") || attention.Long("num_heads") % 2 != 0
            || m.Child("norm1") is not { } norm1 || m.Child("norm2") is not { } norm2 || norm1.Double("eps") != norm2.Double("eps"))
        {
            return false;
        }

        var activation = Py.GetAttr(m, "activation");
        var fusable = activation is ModuleObject module
            ? module.Class.IsSubclassOf(LayerTable.Classes["ReLU"]) || module.Class.IsSubclassOf(LayerTable.Classes["GELU"])
            : ReferenceEquals(activation, Modules.FunctionalModule.Template.Find("relu")) || ReferenceEquals(activation, Modules.FunctionalModule.Template.Find("gelu"));
        return fusable && !(NoGrad.IsGradEnabled && (x.Tensor.RequiresGrad || ModuleClass.Parameters(m).Any(parameter => parameter.Tensor.RequiresGrad)));
    }

    // The parts of a layer are methods of its own, which candidates override.
    private static void DefineBlocks(PyClass layer, string feedForwardDropout)
    {
        layer.Method("_sa_block", "self, x, attn_mask, key_padding_mask", a => Attend((ModuleObject)a[0], "self_attn", "dropout1", a[1], a[1], a[2], a[3]));
        layer.Method("_ff_block", "self, x", a => FeedForward((ModuleObject)a[0], LayerTable.Input(a[1], "linear"), feedForwardDropout));
    }

    private static TensorObject Block(ModuleObject m, string name, params object[] arguments) => Py.CallMethod(m, name, arguments) as TensorObject
        ?? throw PyErrors.TypeError($"{name} returned no Tensor");

    private static TensorObject Attend(ModuleObject m, string attention, string dropout, object x, object memory, object mask, object padding)
    {
        var result = Py.Call(m.Child(attention)!, [x, memory, memory], (Keyword[])[new("attn_mask", mask), new("key_padding_mask", padding), new("need_weights", Py.False)]);
        return ModuleClass.CallTensor(m.Child(dropout)!, Py.GetItem(result, Py.Int(0)));
    }

    private static TensorObject FeedForward(ModuleObject m, TensorObject x, string dropout)
    {
        var hidden = ModuleClass.CallTensor(m.Child("linear1")!, x);
        hidden = Py.Call(Py.GetAttr(m, "activation"), hidden) as TensorObject ?? throw PyErrors.TypeError("activation returned no Tensor");
        hidden = ModuleClass.CallTensor(m.Child("linear2")!, ModuleClass.CallTensor(m.Child("dropout")!, hidden));
        return ModuleClass.CallTensor(m.Child(dropout)!, hidden);
    }

    private static TensorObject Add(TensorObject left, TensorObject right) => Aten.Call("add.Tensor", left, right);
}

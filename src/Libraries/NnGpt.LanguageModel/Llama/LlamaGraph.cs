using NnGpt.Torch;

namespace NnGpt.LanguageModel.Llama;

/// <summary>
/// The computation of a model: token ids to logits. Built from weights for each training step (so that gradients reach them), or once
/// for inference.
/// </summary>
internal sealed class LlamaGraph
{
    private readonly Tensor _embedding;
    private readonly Tensor _finalNorm;
    private readonly Tensor _head;

    public LlamaGraph(LlamaConfig config, Dtype dtype, Tensor embedding, IReadOnlyList<LlamaLayer> layers, Tensor finalNorm, Tensor head)
    {
        (Config, Dtype, _embedding, Layers, _finalNorm, _head) = (config, dtype, embedding, layers, finalNorm, head);
    }

    public LlamaConfig Config { get; }

    /// <summary>Type of matrix products and activations; the residual stream is float32.</summary>
    public Dtype Dtype { get; }

    public IReadOnlyList<LlamaLayer> Layers { get; }

    public IEnumerable<Tensor> Tensors => Layers
        .SelectMany(static layer => new[] { layer.InputNorm, layer.PostNorm }
            .Concat(layer.Qkv.Tensors).Concat(layer.Output.Tensors).Concat(layer.GateUp.Tensors).Concat(layer.Down.Tensors))
        .Concat([_embedding, _finalNorm, _head]);

    /// <summary>Converts and stacks the weights.</summary>
    /// <param name="weights">The model.</param>
    /// <param name="dtype">Type of the computation.</param>
    /// <param name="update">Changes the weight of a module path before it is used (merging an adapter); null for none.</param>
    /// <param name="stack">Stack the weights of layers that read the same input: faster, but a copy. Without it, weights that need no conversion are used where they are.</param>
    public static LlamaGraph Build(LlamaWeights weights, Dtype dtype, Func<string, Tensor, Tensor>? update = null, bool stack = true)
    {
        LlamaConfig config = weights.Config;
        Tensor Weight(int layer, string projection)
        {
            string path = LlamaWeights.ModulePath(layer, projection);
            Tensor weight = weights[path + ".weight"];
            return update?.Invoke(path, weight) ?? weight;
        }
        Projection Stack(int layer, params string[] projections)
        {
            using var scope = new TensorScope();
            Tensor[] parts = [.. projections.Select(projection => Weight(layer, projection))];
            if (!stack && parts.All(part => part.Dtype == dtype))
            {
                Tensor[] used = scope.MoveOut(parts.Select(part => part.To(dtype)).ToArray());
                return new Projection(used[0], Further: used.Length > 1 ? used[1..] : null);
            }
            return new Projection(scope.MoveOut((parts.Length == 1 ? parts[0] : Tensor.Cat(parts)).To(dtype)));
        }
        LlamaLayer[] layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(layer => new LlamaLayer(
            weights[$"model.layers.{layer}.input_layernorm.weight"].To(Dtype.Float32),
            Stack(layer, "q_proj", "k_proj", "v_proj"),
            Stack(layer, "o_proj"),
            weights[$"model.layers.{layer}.post_attention_layernorm.weight"].To(Dtype.Float32),
            Stack(layer, "gate_proj", "up_proj"),
            Stack(layer, "down_proj")))];
        Tensor embedding = weights["model.embed_tokens.weight"];
        return new LlamaGraph(config, dtype, embedding.To(embedding.Dtype), layers, weights["model.norm.weight"].To(Dtype.Float32),
            (config.TieWordEmbeddings ? embedding : weights["lm_head.weight"]).To(dtype));
    }

    /// <summary>The same model with other layers.</summary>
    public LlamaGraph WithLayers(IReadOnlyList<LlamaLayer> layers) => new(Config, Dtype, _embedding, layers, _finalNorm, _head);

    /// <summary>The normalised last hidden states of ids (B, T): (B, T, hidden).</summary>
    /// <param name="ids">int64 (B, T).</param>
    /// <param name="attention">Attention of a layer: (layer, qkv of (B, T, (H + 2 KV) D)) to (B, T, H D).</param>
    public Tensor Hidden(Tensor ids, Func<int, Tensor, Tensor> attention)
    {
        double eps = Config.RmsNormEps;
        Tensor stream = _embedding.Embedding(ids).To(Dtype.Float32);
        Tensor normed = TransformerKernels.RmsNorm(stream, Layers[0].InputNorm, eps, Dtype);
        for (int i = 0; i < Layers.Count; i++)
        {
            LlamaLayer layer = Layers[i];
            Tensor attended = layer.Output.Apply(attention(i, layer.Qkv.Apply(normed)));
            (stream, normed) = TransformerKernels.AddRmsNorm(stream, attended, layer.PostNorm, eps);
            Tensor fed = layer.Down.Apply(TransformerKernels.SwiGlu(layer.GateUp.Apply(normed)));
            (stream, normed) = TransformerKernels.AddRmsNorm(stream, fed, i + 1 < Layers.Count ? Layers[i + 1].InputNorm : _finalNorm, eps);
        }
        return normed;
    }

    /// <summary>Hidden states of whole sequences from their first position, for training and scoring.</summary>
    public Tensor Hidden(Tensor ids, RotaryTable rotary)
    {
        long time = ids.Size(1);
        Tensor cos = rotary.Cos.Narrow(0, 0, time);
        Tensor sin = rotary.Sin.Narrow(0, 0, time);
        return Hidden(ids, (_, qkv) =>
        {
            (Tensor query, Tensor key, Tensor value) = TransformerKernels.RotaryHeads(qkv, cos, sin, Config.KeyValueHeads, Config.HeadSize);
            return TransformerKernels.CausalAttention(query, key, value);
        });
    }

    /// <summary>Hidden states (..., hidden) to logits (..., V).</summary>
    public Tensor Logits(Tensor hidden) => hidden.Linear(_head);
}

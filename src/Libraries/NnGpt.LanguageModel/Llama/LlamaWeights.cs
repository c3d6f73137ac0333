using NnGpt.Torch;
using NnGpt.Torch.Safetensors;

namespace NnGpt.LanguageModel.Llama;

/// <summary>The weights of a model by their Hugging Face names, as they are stored: "model.layers.0.self_attn.q_proj.weight".</summary>
public sealed class LlamaWeights : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors;

    private LlamaWeights(LlamaConfig config, Dictionary<string, Tensor> tensors)
    {
        Config = config;
        _tensors = tensors;
    }

    /// <summary>The architecture.</summary>
    public LlamaConfig Config { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>The tensor of that name.</summary>
    public Tensor this[string name] => _tensors[name];

    /// <summary>Path of a projection of a layer, without ".weight": (3, "q_proj") is "model.layers.3.self_attn.q_proj".</summary>
    public static string ModulePath(int layer, string projection) =>
        $"model.layers.{layer}.{(projection is "gate_proj" or "up_proj" or "down_proj" ? "mlp" : "self_attn")}.{projection}";

    /// <summary>Random weights: normal with the config's initializer_range, output projections scaled down by the square root of twice the depth, norms 1.</summary>
    /// <param name="config">The architecture.</param>
    /// <param name="seed">Seed of a generator of its own.</param>
    public static LlamaWeights Initialize(LlamaConfig config, ulong seed)
    {
        config.Validate("config");
        using Generator generator = new(seed);
        Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
        foreach ((string name, long[] shape) in Shapes(config))
        {
            Tensor tensor = TensorScope.Detach(Tensor.Ones(shape));
            if (shape.Length == 2)
            {
                bool residual = name.EndsWith("o_proj.weight", StringComparison.Ordinal) || name.EndsWith("down_proj.weight", StringComparison.Ordinal);
                tensor.NormalInPlace(0, config.InitializerRange / (residual ? Math.Sqrt(2.0 * config.NumHiddenLayers) : 1), generator);
            }
            tensors.Add(name, tensor);
        }
        return new LlamaWeights(config, tensors);
    }

    /// <summary>
    /// Reads a Hugging Face folder: config.json and model.safetensors (or its shards). Weights that keep their type are views of the
    /// mapped files: they need no memory of their own, and the files must not be overwritten in place while they live.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="dtype">Converts to an element type; null keeps the stored one.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or a weight is missing or has the wrong shape; nothing was loaded.</exception>
    public static LlamaWeights Load(string directory, Dtype? dtype = null)
    {
        LlamaConfig config = LlamaConfig.Load(directory);
        Check(directory, config);
        Dictionary<string, Tensor> stored = SafetensorsFile.MapAll(directory);
        Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
        foreach ((string name, _) in Shapes(config))
        {
            stored.Remove(name, out Tensor? tensor);
            if (dtype is { } wanted && tensor!.Dtype != wanted)
            {
                using Tensor before = tensor;
                tensor = TensorScope.Detach(before.To(wanted));
            }
            tensors.Add(name, tensor!);
        }
        foreach (Tensor unused in stored.Values)
        {
            unused.Dispose();
        }
        return new LlamaWeights(config, tensors);
    }

    /// <summary>Checks the headers of a folder's files against its config.json; the names and types of the model's weights.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or a weight is missing, has the wrong shape or is not of floating point.</exception>
    internal static IReadOnlyList<SafetensorsEntry> Check(string directory, LlamaConfig config)
    {
        Dictionary<string, SafetensorsEntry> stored = new(StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in SafetensorsFile.ReadHeaders(directory))
        {
            stored[entry.Name] = entry;
        }
        List<SafetensorsEntry> weights = [];
        foreach ((string name, long[] shape) in Shapes(config))
        {
            if (!stored.TryGetValue(name, out SafetensorsEntry? entry))
            {
                throw new InvalidDataException($"{directory}: the weight '{name}' is missing");
            }
            if (!entry.Shape.SequenceEqual(shape))
            {
                throw new InvalidDataException($"{directory}: '{name}' is ({string.Join(", ", entry.Shape)}) where config.json makes it ({string.Join(", ", shape)})");
            }
            if (entry.Dtype is not (Dtype.Float32 or Dtype.BFloat16 or Dtype.Float16))
            {
                throw new InvalidDataException($"{directory}: '{name}' is stored as {entry.Dtype.PythonName()}: float32, bfloat16 and float16 are supported");
            }
            weights.Add(entry);
        }
        return weights;
    }

    /// <summary>Writes config.json and model.safetensors into a folder.</summary>
    /// <param name="directory">The folder; created when missing.</param>
    /// <param name="dtype">Element type of the file; bfloat16 halves it.</param>
    public void Save(string directory, Dtype dtype = Dtype.Float32)
    {
        Directory.CreateDirectory(directory);
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        (Config with { TorchDtype = dtype.PythonName() }).Save(directory);
        SafetensorsWriter.Write(Path.Combine(directory, "model.safetensors"),
            _tensors.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Detach().To(dtype))).ToArray());
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private static IEnumerable<(string Name, long[] Shape)> Shapes(LlamaConfig config)
    {
        long hidden = config.HiddenSize;
        long queries = (long)config.NumAttentionHeads * config.HeadSize;
        long keys = (long)config.KeyValueHeads * config.HeadSize;
        yield return ("model.embed_tokens.weight", [config.VocabSize, hidden]);
        for (int layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            yield return ($"model.layers.{layer}.input_layernorm.weight", [hidden]);
            yield return (ModulePath(layer, "q_proj") + ".weight", [queries, hidden]);
            yield return (ModulePath(layer, "k_proj") + ".weight", [keys, hidden]);
            yield return (ModulePath(layer, "v_proj") + ".weight", [keys, hidden]);
            yield return (ModulePath(layer, "o_proj") + ".weight", [hidden, queries]);
            yield return ($"model.layers.{layer}.post_attention_layernorm.weight", [hidden]);
            yield return (ModulePath(layer, "gate_proj") + ".weight", [config.IntermediateSize, hidden]);
            yield return (ModulePath(layer, "up_proj") + ".weight", [config.IntermediateSize, hidden]);
            yield return (ModulePath(layer, "down_proj") + ".weight", [hidden, config.IntermediateSize]);
        }
        yield return ("model.norm.weight", [hidden]);
        if (!config.TieWordEmbeddings)
        {
            yield return ("lm_head.weight", [config.VocabSize, hidden]);
        }
    }
}

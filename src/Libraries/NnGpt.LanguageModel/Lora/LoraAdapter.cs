using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Lora;

/// <summary>A low-rank adapter of a model: pairs of factors by module path ("model.layers.0.self_attn.q_proj").</summary>
public sealed class LoraAdapter : IDisposable
{
    private readonly Dictionary<string, LoraPair> _pairs;

    internal LoraAdapter(LoraConfig config, Dictionary<string, LoraPair> pairs)
    {
        Config = config;
        _pairs = pairs;
    }

    /// <summary>Rank, alpha, targets.</summary>
    public LoraConfig Config { get; }

    /// <summary>The factors by module path.</summary>
    public IReadOnlyDictionary<string, LoraPair> Pairs => _pairs;

    /// <summary>All factors, in the order of the module paths.</summary>
    public IReadOnlyList<Tensor> Parameters => [.. Paths.SelectMany(path => new[] { _pairs[path].A, _pairs[path].B })];

    /// <summary>Names of <see cref="Parameters"/>: "model.layers.0.self_attn.q_proj.lora_A.weight".</summary>
    internal IReadOnlyList<string> ParameterNames => [.. Paths.SelectMany(static path => new[] { path + ".lora_A.weight", path + ".lora_B.weight" })];

    private IEnumerable<string> Paths => _pairs.Keys.Order(StringComparer.Ordinal);

    /// <summary>A new adapter that changes nothing yet: A is uniform in +-1 / sqrt(in), as PEFT draws it, and B is zero.</summary>
    /// <exception cref="ArgumentException">The configuration does not fit the model.</exception>
    public static LoraAdapter Create(LoraConfig config, LlamaConfig model, ulong seed)
    {
        config.Validate(model.NumHiddenLayers);
        using Generator generator = new(seed);
        Dictionary<string, LoraPair> pairs = new(StringComparer.Ordinal);
        foreach (int layer in config.LayersToTransform ?? [.. Enumerable.Range(0, model.NumHiddenLayers)])
        {
            foreach (string module in LoraConfig.Projections.Where(config.TargetModules.Contains))
            {
                (long outputs, long inputs) = Sizes(model, module);
                double bound = 1 / Math.Sqrt(inputs);
                pairs.Add(LlamaWeights.ModulePath(layer, module), new LoraPair(
                    TensorScope.Detach(Tensor.Empty([config.Rank, inputs])).UniformInPlace(-bound, bound, generator),
                    TensorScope.Detach(Tensor.Zeros([outputs, config.Rank]))));
            }
        }
        return new LoraAdapter(config, pairs);
    }

    /// <summary>Reads a PEFT folder (adapter_config.json, adapter_model.safetensors) for a model.</summary>
    /// <exception cref="InvalidDataException">It is no LoRA adapter of this model; the message says why.</exception>
    public static LoraAdapter Load(string directory, LlamaConfig model) => PeftFiles.Load(directory, model);

    /// <summary>Writes a PEFT folder: adapter_config.json, adapter_model.safetensors, README.md. The same adapter gives the same bytes.</summary>
    /// <exception cref="IOException">The folder holds something else than an adapter, or cannot be written.</exception>
    public void Save(string directory) => PeftFiles.Save(directory, this);

    /// <summary>Whether <see cref="Save"/> may write there: no folder yet, an empty one, or an adapter's, which is replaced.</summary>
    /// <exception cref="IOException">It holds something else.</exception>
    public static void CheckDestination(string directory) => PeftFiles.CheckDestination(directory);

    /// <exception cref="InvalidDataException">The adapter says which base model it was trained on, and it is not this one.</exception>
    internal void ThrowIfOfAnotherBase(string fingerprint)
    {
        if (Config.BaseModelFingerprint is { } trainedOn && trainedOn != fingerprint)
        {
            throw new InvalidDataException(
                $"the adapter was trained on another base model ({Config.BaseModelName ?? "without a name"}) than the one it is used with: their weights differ");
        }
    }

    /// <summary>The adapted weight of a module, in float32; the weight itself when the adapter leaves the module alone.</summary>
    internal Tensor Merge(string path, Tensor weight) =>
        _pairs.TryGetValue(path, out LoraPair? pair) ? weight.To(Dtype.Float32) + (pair.B.MatMul(pair.A) * Config.Scale) : weight;

    internal static (long Outputs, long Inputs) Sizes(LlamaConfig model, string module)
    {
        long queries = (long)model.NumAttentionHeads * model.HeadSize;
        long keys = (long)model.KeyValueHeads * model.HeadSize;
        return module switch
        {
            "q_proj" => (queries, model.HiddenSize),
            "k_proj" or "v_proj" => (keys, model.HiddenSize),
            "o_proj" => (model.HiddenSize, queries),
            "gate_proj" or "up_proj" => (model.IntermediateSize, model.HiddenSize),
            _ => (model.HiddenSize, model.IntermediateSize),
        };
    }

    /// <summary>Frees the factors.</summary>
    public void Dispose()
    {
        foreach (LoraPair pair in _pairs.Values)
        {
            pair.A.Dispose();
            pair.B.Dispose();
        }
    }
}

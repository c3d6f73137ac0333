using System.Text.Json;
using System.Text.Json.Serialization;

namespace NnGpt.LanguageModel.Llama;

/// <summary>
/// The architecture of a LLaMA-family decoder, as Hugging Face's config.json states it (model_type "llama"; DeepSeek-Coder too).
/// </summary>
public sealed record LlamaConfig
{
    /// <summary>Size of the vocabulary.</summary>
    [JsonPropertyName("vocab_size")] public required int VocabSize { get; init; }
    /// <summary>Width of the residual stream.</summary>
    [JsonPropertyName("hidden_size")] public required int HiddenSize { get; init; }
    /// <summary>Width of the gated feed-forward layer.</summary>
    [JsonPropertyName("intermediate_size")] public required int IntermediateSize { get; init; }
    /// <summary>Number of layers.</summary>
    [JsonPropertyName("num_hidden_layers")] public required int NumHiddenLayers { get; init; }
    /// <summary>Number of query heads.</summary>
    [JsonPropertyName("num_attention_heads")] public required int NumAttentionHeads { get; init; }
    /// <summary>Number of key and value heads; null means as many as query heads.</summary>
    [JsonPropertyName("num_key_value_heads")] public int? NumKeyValueHeads { get; init; }
    /// <summary>Width of a head; null means hidden_size / num_attention_heads.</summary>
    [JsonPropertyName("head_dim")] public int? HeadDim { get; init; }
    /// <summary>Longest sequence that the model was trained for.</summary>
    [JsonPropertyName("max_position_embeddings")] public int MaxPositionEmbeddings { get; init; } = 2048;
    /// <summary>Added to the mean square in RMSNorm.</summary>
    [JsonPropertyName("rms_norm_eps")] public double RmsNormEps { get; init; } = 1e-6;
    /// <summary>Base of the rotary frequencies.</summary>
    [JsonPropertyName("rope_theta")] public double RopeTheta { get; init; } = 10000;
    /// <summary>Stretching of positions; null for none.</summary>
    [JsonPropertyName("rope_scaling")] public RopeScaling? RopeScaling { get; init; }
    /// <summary>Whether the output layer is the embedding table.</summary>
    [JsonPropertyName("tie_word_embeddings")] public bool TieWordEmbeddings { get; init; }
    /// <summary>Activation; only "silu" is known.</summary>
    [JsonPropertyName("hidden_act")] public string HiddenAct { get; init; } = "silu";
    /// <summary>Standard deviation of the initial weights.</summary>
    [JsonPropertyName("initializer_range")] public double InitializerRange { get; init; } = 0.02;
    /// <summary>Token that starts a text.</summary>
    [JsonPropertyName("bos_token_id")] public int? BosTokenId { get; init; }
    /// <summary>Tokens that end a text: a number or a list in config.json; those of generation_config.json are added when a folder is read.</summary>
    [JsonPropertyName("eos_token_id"), JsonConverter(typeof(TokenIdsConverter))] public IReadOnlyList<int> EosTokenIds { get; init; } = [];
    /// <summary>Element type of the stored weights, as PyTorch names it.</summary>
    [JsonPropertyName("torch_dtype")] public string TorchDtype { get; init; } = "float32";
    /// <summary>Name of the family.</summary>
    [JsonPropertyName("model_type")] public string ModelType { get; init; } = "llama";
    /// <summary>Class in Hugging Face's transformers.</summary>
    [JsonPropertyName("architectures")] public IReadOnlyList<string> Architectures { get; init; } = ["LlamaForCausalLM"];

    /// <summary>Whether the projections of the attention have a bias; not supported.</summary>
    [JsonPropertyName("attention_bias"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool AttentionBias { get; init; }
    /// <summary>Whether the feed-forward projections have a bias; not supported.</summary>
    [JsonPropertyName("mlp_bias"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool MlpBias { get; init; }
    /// <summary>How the weights are quantized; not supported.</summary>
    [JsonPropertyName("quantization_config")] public JsonElement? Quantization { get; init; }

    // transformers 5 writes rope_theta and rope_scaling as one object, and torch_dtype under this name.
    [JsonInclude, JsonPropertyName("rope_parameters"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal RopeScaling? RopeParameters { get; init; }

    [JsonInclude, JsonPropertyName("dtype"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal string? Dtype { get; init; }

    /// <summary>The first token that ends a text; null for none.</summary>
    [JsonIgnore]
    public int? EosTokenId
    {
        get => EosTokenIds.Count > 0 ? EosTokenIds[0] : null;
        init => EosTokenIds = value is { } id ? [id] : [];
    }
    /// <summary>Longest sequence that can be computed: linear and dynamic scaling stretch the trained length by their factor.</summary>
    [JsonIgnore]
    public int ContextLength => RopeScaling is { Kind: RopeScaling.Linear or RopeScaling.Dynamic, Factor: var factor }
        ? (int)Math.Min(MaxPositionEmbeddings * factor, int.MaxValue) : MaxPositionEmbeddings;
    /// <summary>Number of key and value heads.</summary>
    [JsonIgnore] public int KeyValueHeads => NumKeyValueHeads ?? NumAttentionHeads;
    /// <summary>Width of a head.</summary>
    [JsonIgnore] public int HeadSize => HeadDim ?? (HiddenSize / NumAttentionHeads);

    /// <summary>Number of weights.</summary>
    [JsonIgnore]
    public long ParameterCount
    {
        get
        {
            long attention = (long)HiddenSize * HeadSize * ((2 * NumAttentionHeads) + (2 * KeyValueHeads));
            long feedForward = 3L * HiddenSize * IntermediateSize;
            long embeddings = (long)VocabSize * HiddenSize * (TieWordEmbeddings ? 1 : 2);
            return embeddings + (NumHiddenLayers * (attention + feedForward + (2L * HiddenSize))) + HiddenSize;
        }
    }

    /// <summary>Reads config.json of a model folder.</summary>
    /// <exception cref="InvalidDataException">It is not a model that this library can run; the message says why.</exception>
    public static LlamaConfig Load(string directory)
    {
        string path = Path.Combine(directory, "config.json");
        try
        {
            LlamaConfig config = (JsonSerializer.Deserialize<LlamaConfig>(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} is empty")).WithOldNames();
            config.Validate(path);
            return config with { EosTokenIds = [.. config.EosTokenIds.Union(GenerationEnds(directory))] };
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not a config.json that can be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes config.json into a folder.</summary>
    public void Save(string directory) =>
        File.WriteAllText(Path.Combine(directory, "config.json"), JsonSerializer.Serialize(this, ModelJson.Indented) + "\n");

    private LlamaConfig WithOldNames()
    {
        LlamaConfig config = this with { TorchDtype = Dtype ?? TorchDtype, Dtype = null, RopeParameters = null };
        return RopeParameters is null ? config : config with { RopeScaling = RopeParameters with { RopeTheta = null }, RopeTheta = RopeParameters.RopeTheta ?? RopeTheta };
    }

    // LLaMA 3's chat models name the token that ends an answer only there.
    private static IReadOnlyList<int> GenerationEnds(string directory)
    {
        string path = Path.Combine(directory, "generation_config.json");
        if (!File.Exists(path))
        {
            return [];
        }
        try
        {
            return JsonSerializer.Deserialize<GenerationEnd>(File.ReadAllText(path))?.EosTokenIds ?? [];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private sealed record GenerationEnd
    {
        [JsonPropertyName("eos_token_id"), JsonConverter(typeof(TokenIdsConverter))] public IReadOnlyList<int> EosTokenIds { get; init; } = [];
    }

    internal void Validate(string source)
    {
        string? fault =
            ModelType != "llama" ? $"model_type is '{ModelType}', only 'llama' is supported"
            : HiddenAct != "silu" ? $"hidden_act is '{HiddenAct}', only 'silu' is supported"
            : VocabSize < 1 || HiddenSize < 1 || IntermediateSize < 1 || NumHiddenLayers < 1 || NumAttentionHeads < 1 || KeyValueHeads < 1 ? "a size is not positive"
            : NumAttentionHeads % KeyValueHeads != 0 ? "num_attention_heads is no multiple of num_key_value_heads"
            : HeadSize < 1 ? "the width of a head is not positive"
            : HeadSize % 2 != 0 ? "the width of a head is odd"
            : AttentionBias ? "attention_bias is true; projections with a bias are not supported"
            : MlpBias ? "mlp_bias is true; projections with a bias are not supported"
            : Quantization is { ValueKind: not JsonValueKind.Null } ? "quantization_config: quantized weights are not supported"
            : !(RmsNormEps >= 0 && double.IsFinite(RmsNormEps)) ? $"rms_norm_eps is {RmsNormEps}"
            : MaxPositionEmbeddings < 1 ? "max_position_embeddings is not positive"
            : !(RopeTheta > 0 && double.IsFinite(RopeTheta)) ? $"rope_theta is {RopeTheta}"
            : EosTokenIds.Any(id => id < 0 || id >= VocabSize) ? $"eos_token_id is outside the vocabulary of {VocabSize}"
            : RopeScaling?.Fault;
        if (fault is not null)
        {
            throw new InvalidDataException($"{source}: {fault}");
        }
    }
}

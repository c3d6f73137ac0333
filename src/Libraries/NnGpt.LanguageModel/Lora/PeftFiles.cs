using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;
using NnGpt.Torch.Safetensors;

namespace NnGpt.LanguageModel.Lora;

/// <summary>Adapters in the layout of Hugging Face's PEFT.</summary>
internal static class PeftFiles
{
    private const string Prefix = "base_model.model.";
    private const string ConfigFile = "adapter_config.json";
    private const string WeightsFile = "adapter_model.safetensors";
    private const string CardFile = "README.md";
    private const string FingerprintKey = "nngpt_base_model";

    /// <summary>Puts the files in their place together.</summary>
    public static void Save(string directory, LoraAdapter adapter)
    {
        CheckDestination(directory);
        FolderFiles.Write(directory, temporary => Write(temporary, adapter));
    }

    /// <summary>Throws where the card would replace the README.md of something that is no adapter: a model, a source tree.</summary>
    public static void CheckDestination(string directory)
    {
        if (File.Exists(directory))
        {
            throw new IOException($"{directory} is a file; an adapter is a folder");
        }
        if (Directory.Exists(directory) && !File.Exists(Path.Combine(directory, ConfigFile)) && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new IOException($"{directory} exists and holds no adapter; it is left as it is");
        }
    }

    private static void Write(string directory, LoraAdapter adapter)
    {
        using var scope = new TensorScope();
        LoraConfig config = adapter.Config;
        // What PEFT 0.11 writes, in its order.
        JsonObject json = new()
        {
            ["alpha_pattern"] = new JsonObject(),
            ["auto_mapping"] = null,
            ["base_model_name_or_path"] = config.BaseModelName,
            ["bias"] = "none",
            ["fan_in_fan_out"] = false,
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["layer_replication"] = null,
            ["layers_pattern"] = null,
            ["layers_to_transform"] = config.LayersToTransform is { } layers ? new JsonArray([.. layers.Select(static layer => JsonValue.Create(layer))]) : null,
            ["loftq_config"] = new JsonObject(),
            ["lora_alpha"] = config.Alpha == Math.Floor(config.Alpha) ? JsonValue.Create((long)config.Alpha) : JsonValue.Create(config.Alpha),
            ["lora_dropout"] = config.Dropout,
            ["megatron_config"] = null,
            ["megatron_core"] = "megatron.core",
            ["modules_to_save"] = null,
            ["peft_type"] = "LORA",
            ["r"] = config.Rank,
            ["rank_pattern"] = new JsonObject(),
            ["revision"] = null,
            ["target_modules"] = new JsonArray([.. config.TargetModules.Select(static module => JsonValue.Create(module))]),
            ["task_type"] = "CAUSAL_LM",
            ["use_dora"] = false,
            ["use_rslora"] = false,
        };
        File.WriteAllText(Path.Combine(directory, ConfigFile), json.ToJsonString(ModelJson.Indented) + "\n");
        Dictionary<string, string> metadata = new() { ["format"] = "pt" };
        if (config.BaseModelFingerprint is { } fingerprint)
        {
            metadata[FingerprintKey] = fingerprint;
        }
        SafetensorsWriter.Write(
            Path.Combine(directory, WeightsFile),
            adapter.ParameterNames.Zip(adapter.Parameters, static (name, tensor) => KeyValuePair.Create(Prefix + name, tensor.Detach())).ToArray(),
            metadata);
        File.WriteAllText(Path.Combine(directory, CardFile), Card(config));
    }

    public static LoraAdapter Load(string directory, LlamaConfig model)
    {
        LoraConfig config = ReadConfig(Path.Combine(directory, ConfigFile));
        try
        {
            config.Validate(model.NumHiddenLayers);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{directory}: {exception.Message}", exception);
        }
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(directory, WeightsFile));
        HashSet<string> unused = new(file.Entries.Keys, StringComparer.Ordinal);
        Dictionary<string, LoraPair> pairs = new(StringComparer.Ordinal);
        LoraAdapter adapter = new(config with { BaseModelFingerprint = file.Metadata.GetValueOrDefault(FingerprintKey) }, pairs);
        try
        {
            foreach (int layer in config.LayersToTransform ?? [.. Enumerable.Range(0, model.NumHiddenLayers)])
            {
                foreach (string module in config.TargetModules)
                {
                    string path = LlamaWeights.ModulePath(layer, module);
                    (long outputs, long inputs) = LoraAdapter.Sizes(model, module);
                    Tensor a = Read(file, unused, directory, $"{Prefix}{path}.lora_A.weight", config.Rank, inputs);
                    pairs.Add(path, new LoraPair(a, Read(file, unused, directory, $"{Prefix}{path}.lora_B.weight", outputs, config.Rank)));
                }
            }
            return unused.Count == 0 ? adapter : throw new InvalidDataException(
                $"{directory}: the adapter has '{unused.Order(StringComparer.Ordinal).First()}', which this model has no place for: it is of another base model, or no plain LoRA");
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
    }

    private static Tensor Read(SafetensorsFile file, HashSet<string> unused, string directory, string name, long rows, long columns)
    {
        unused.Remove(name);
        if (!file.Entries.TryGetValue(name, out SafetensorsEntry? entry))
        {
            throw new InvalidDataException($"{directory}: the tensor '{name}' is missing");
        }
        if (!entry.Shape.SequenceEqual([rows, columns]))
        {
            throw new InvalidDataException($"{directory}: '{name}' is ({string.Join(", ", entry.Shape)}) where the model needs ({rows}, {columns})");
        }
        using var scope = new TensorScope();
        return TensorScope.Detach(file.Read(name).To(Dtype.Float32));
    }

    private static LoraConfig ReadConfig(string path)
    {
        try
        {
            JsonNode json = JsonNode.Parse(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} is empty");
            if ((string?)json["peft_type"] != "LORA")
            {
                throw new InvalidDataException($"{path}: peft_type is not LORA");
            }
            if (Unsupported(json) is { } variant)
            {
                throw new InvalidDataException($"{path}: {variant} is not supported, only plain LoRA");
            }
            return new LoraConfig
            {
                Rank = (int)json["r"]!,
                Alpha = (double)json["lora_alpha"]!,
                Dropout = (double?)json["lora_dropout"] ?? 0,
                TargetModules = [.. json["target_modules"]!.AsArray().Select(static module => (string)module!).Distinct(StringComparer.Ordinal)],
                LayersToTransform = json["layers_to_transform"] switch
                {
                    JsonArray layers => [.. layers.Select(static layer => (int)layer!).Distinct()],
                    JsonValue single => [(int)single],
                    _ => null,
                },
                BaseModelName = (string?)json["base_model_name_or_path"],
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: not a PEFT configuration of LoRA ({exception.Message})", exception);
        }
    }

    private static string? Unsupported(JsonNode json) =>
        (bool?)json["use_dora"] == true ? "DoRA"
        : (bool?)json["use_rslora"] == true ? "rank-stabilised LoRA"
        : (bool?)json["fan_in_fan_out"] == true ? "fan_in_fan_out"
        : (string?)json["bias"] is not (null or "none") ? "a trained bias"
        : json["modules_to_save"] is JsonArray { Count: > 0 } ? "modules_to_save"
        : json["rank_pattern"] is JsonObject { Count: > 0 } ? "rank_pattern"
        : json["alpha_pattern"] is JsonObject { Count: > 0 } ? "alpha_pattern"
        : json["layer_replication"] is JsonArray ? "layer_replication"
        : json["target_modules"] is not JsonArray ? "target_modules that is no list of names"
        : null;

    private static string Card(LoraConfig config) => string.Create(CultureInfo.InvariantCulture, $"""
        ---
        {(config.BaseModelName is { } name ? $"base_model: {name}\n" : "")}library_name: peft
        tags: [lora, nngpt]
        ---

        # LoRA adapter

        A low-rank adapter of {config.BaseModelName ?? "its base model"}, fine-tuned by NnGpt. `PeftModel.from_pretrained` loads it onto the base model.

        | | |
        |---|---|
        | rank | {config.Rank} |
        | alpha | {config.Alpha} |
        | dropout | {config.Dropout} |
        | projections | {string.Join(", ", config.TargetModules)} |
        | layers | {(config.LayersToTransform is { } layers ? string.Join(", ", layers) : "all")} |

        """);
}

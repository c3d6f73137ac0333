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

    public static void Save(string directory, LoraAdapter adapter)
    {
        Directory.CreateDirectory(directory);
        using var scope = new TensorScope();
        LoraConfig config = adapter.Config;
        JsonObject json = new()
        {
            ["alpha_pattern"] = new JsonObject(),
            ["auto_mapping"] = null,
            ["base_model_name_or_path"] = config.BaseModelName,
            ["bias"] = "none",
            ["fan_in_fan_out"] = false,
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["layers_pattern"] = null,
            ["layers_to_transform"] = config.LayersToTransform is { } layers ? new JsonArray([.. layers.Select(static layer => JsonValue.Create(layer))]) : null,
            ["lora_alpha"] = config.Alpha == Math.Floor(config.Alpha) ? JsonValue.Create((long)config.Alpha) : JsonValue.Create(config.Alpha),
            ["lora_dropout"] = config.Dropout,
            ["modules_to_save"] = null,
            ["peft_type"] = "LORA",
            ["r"] = config.Rank,
            ["rank_pattern"] = new JsonObject(),
            ["revision"] = null,
            ["target_modules"] = new JsonArray([.. config.TargetModules.Select(static module => JsonValue.Create(module))]),
            ["task_type"] = "CAUSAL_LM",
        };
        File.WriteAllText(Path.Combine(directory, ConfigFile), json.ToJsonString(ModelJson.Indented) + "\n");
        SafetensorsWriter.Write(Path.Combine(directory, WeightsFile), adapter.Pairs.SelectMany(pair => new[]
        {
            KeyValuePair.Create($"{Prefix}{pair.Key}.lora_A.weight", pair.Value.A.Detach()),
            KeyValuePair.Create($"{Prefix}{pair.Key}.lora_B.weight", pair.Value.B.Detach()),
        }).ToArray());
        File.WriteAllText(Path.Combine(directory, "README.md"), Card(config));
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
        Dictionary<string, LoraPair> pairs = new(StringComparer.Ordinal);
        foreach (int layer in config.LayersToTransform ?? [.. Enumerable.Range(0, model.NumHiddenLayers)])
        {
            foreach (string module in config.TargetModules)
            {
                string path = LlamaWeights.ModulePath(layer, module);
                (long outputs, long inputs) = LoraAdapter.Sizes(model, module);
                pairs.Add(path, new LoraPair(
                    Read(file, directory, $"{Prefix}{path}.lora_A.weight", config.Rank, inputs),
                    Read(file, directory, $"{Prefix}{path}.lora_B.weight", outputs, config.Rank)));
            }
        }
        return new LoraAdapter(config, pairs);
    }

    private static Tensor Read(SafetensorsFile file, string directory, string name, long rows, long columns)
    {
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
            return new LoraConfig
            {
                Rank = (int)json["r"]!,
                Alpha = (double)json["lora_alpha"]!,
                Dropout = (double?)json["lora_dropout"] ?? 0,
                TargetModules = [.. json["target_modules"]!.AsArray().Select(static module => (string)module!)],
                LayersToTransform = json["layers_to_transform"] switch
                {
                    JsonArray layers => [.. layers.Select(static layer => (int)layer!)],
                    JsonValue single => [(int)single],
                    _ => null,
                },
                BaseModelName = (string?)json["base_model_name_or_path"],
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new InvalidDataException($"{path}: not a PEFT configuration of LoRA ({exception.Message})", exception);
        }
    }

    private static string Card(LoraConfig config) => string.Create(CultureInfo.InvariantCulture, $"""
        ---
        base_model: {config.BaseModelName}
        library_name: peft
        ---

        # LoRA adapter

        A low-rank adapter of {config.BaseModelName ?? "its base model"} that NnGpt fine-tuned on neural networks which trained well and were new.

        rank {config.Rank}, alpha {config.Alpha}, dropout {config.Dropout}, projections {string.Join(", ", config.TargetModules)}, layers {(config.LayersToTransform is { } layers ? string.Join(", ", layers) : "all")}

        """);
}

using System.Text.Json;
using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;
using NnGpt.Torch.Safetensors;

namespace NnGpt.LanguageModel.Tests;

/// <summary>Writes model folders as Hugging Face has them.</summary>
internal static class Checkpoint
{
    /// <summary>Random weights in shards of some tensors each, with their index.</summary>
    public static void SaveSharded(string directory, LlamaWeights weights, Dtype dtype, int shards)
    {
        Directory.CreateDirectory(directory);
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        (weights.Config with { TorchDtype = dtype.PythonName() }).Save(directory);
        string[] names = [.. weights.Tensors.Keys];
        Dictionary<string, string> map = names.Select((name, i) => (name, File: $"model-{(i * shards / names.Length) + 1:00000}-of-{shards:00000}.safetensors"))
            .ToDictionary(pair => pair.name, pair => pair.File);
        foreach (IGrouping<string, string> shard in names.GroupBy(name => map[name]))
        {
            using var inner = new TensorScope();
            SafetensorsWriter.Write(Path.Combine(directory, shard.Key), shard.Select(name => KeyValuePair.Create(name, weights[name].To(dtype))).ToArray());
        }
        File.WriteAllText(Path.Combine(directory, "model.safetensors.index.json"), JsonSerializer.Serialize(new { metadata = new { total_size = 0 }, weight_map = map }));
    }
}

using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;
using NnGpt.Torch.Safetensors;

namespace NnGpt.LanguageModel.Lora;

/// <summary>Adds an adapter to its base model for good.</summary>
public static class AdapterMerger
{
    /// <summary>Writes a model folder with the sums, in the element type of the base model; the tokenizer's files are copied.</summary>
    /// <param name="model">Folder of the base model.</param>
    /// <param name="adapter">Folder of the adapter.</param>
    /// <param name="destination">Folder to make; it appears when it is complete.</param>
    /// <returns>How many weights changed.</returns>
    /// <exception cref="InvalidDataException">A file is damaged, or the adapter is of another base model.</exception>
    /// <exception cref="IOException">The destination exists.</exception>
    public static int Merge(string model, string adapter, string destination)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(destination)), temporary = target + ".writing";
        if (Path.Exists(target))
        {
            throw new IOException($"{destination} exists already");
        }
        if (Directory.Exists(temporary))
        {
            Directory.Delete(temporary, recursive: true);
        }
        Directory.CreateDirectory(temporary);
        try
        {
            int merged = Write(model, adapter, temporary);
            Directory.Move(temporary, target);
            return merged;
        }
        catch
        {
            Directory.Delete(temporary, recursive: true);
            throw;
        }
    }

    private static int Write(string model, string adapter, string directory)
    {
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        using LlamaWeights weights = LlamaWeights.Load(model);
        using LoraAdapter update = LoraAdapter.Load(adapter, weights.Config);
        update.ThrowIfOfAnotherBase(BaseModelFingerprint.Of(weights));
        Tensor Sum(string name, Tensor weight) => update.Merge(name[..^".weight".Length], weight).To(weight.Dtype);
        SafetensorsWriter.Write(Path.Combine(directory, "model.safetensors"), weights.Tensors.Select(pair => KeyValuePair.Create(pair.Key, Sum(pair.Key, pair.Value))).ToArray());
        foreach (string file in ((string[])["*.json", "*.jinja", "tokenizer*"]).SelectMany(pattern => Directory.GetFiles(model, pattern)).Distinct(StringComparer.Ordinal))
        {
            if (!file.EndsWith(".safetensors.index.json", StringComparison.Ordinal))
            {
                File.Copy(file, Path.Combine(directory, Path.GetFileName(file)), overwrite: true);
            }
        }
        return update.Pairs.Count;
    }
}

using System.Text.Json;
using NnGpt.Torch;
using NnGpt.Torch.Optim;
using NnGpt.Torch.Safetensors;

namespace NnGpt.LanguageModel.Training;

/// <summary>
/// The state of a training in one safetensors file, which replaces the one before at once: parameters, moments of the optimiser, and
/// where the run stands as JSON in the header. A process that dies at any moment leaves a whole checkpoint, the new one or the old.
/// </summary>
/// <param name="directory">Folder of the file; created when missing.</param>
/// <param name="run">Tells runs apart: a checkpoint of another one is refused.</param>
internal sealed class TrainingCheckpoint(string directory, string run)
{
    private const string RunKey = "run";
    private const string PositionKey = "position";

    private const string FileName = "checkpoint.safetensors";

    private readonly string _path = Path.Combine(directory, FileName);

    /// <summary>Writes the checkpoint.</summary>
    /// <param name="position">Where the run stands.</param>
    /// <param name="names">Names of the parameters.</param>
    /// <param name="parameters">The parameters in that order.</param>
    /// <param name="optimizer">Their optimiser.</param>
    public void Save<T>(T position, IReadOnlyList<string> names, IReadOnlyList<Tensor> parameters, IOptimizer optimizer)
    {
        Directory.CreateDirectory(directory);
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        SafetensorsWriter.Write(
            _path,
            [.. names.Zip(parameters, static (name, parameter) => KeyValuePair.Create("parameter." + name, parameter.Detach())), .. optimizer.State(names)],
            new Dictionary<string, string> { ["format"] = "pt", [RunKey] = run, [PositionKey] = JsonSerializer.Serialize(position) });
    }

    /// <summary>Puts the saved state into parameters and optimiser; null when there is no checkpoint. The optimiser's step count is the caller's to set.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of a run with other data or settings.</exception>
    public T? Restore<T>(IReadOnlyList<string> names, IReadOnlyList<Tensor> parameters, IOptimizer optimizer)
        where T : class
    {
        if (!File.Exists(_path))
        {
            return null;
        }
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        using SafetensorsFile file = SafetensorsFile.Open(_path);
        if (!file.Metadata.TryGetValue(RunKey, out string? saved) || saved != run)
        {
            throw new InvalidDataException($"{_path} is of a run with other data or settings; remove it, or name another folder, to start anew");
        }
        foreach ((string name, Tensor tensor) in names.Zip(parameters, static (name, parameter) => KeyValuePair.Create("parameter." + name, parameter)).Concat(optimizer.State(names)))
        {
            tensor.CopyInPlace(file.Entries.ContainsKey(name) ? file.Read(name) : throw new InvalidDataException($"{_path}: the tensor '{name}' is missing"));
        }
        return JsonSerializer.Deserialize<T>(file.Metadata[PositionKey]);
    }

    /// <summary>Removes the checkpoint of a run that has ended; its folder too when nothing else is in it.</summary>
    public static void Delete(string directory)
    {
        if (Directory.Exists(directory))
        {
            File.Delete(Path.Combine(directory, FileName));
        }
        if (Directory.Exists(directory) && !Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    }
}

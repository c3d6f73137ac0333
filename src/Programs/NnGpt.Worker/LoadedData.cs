using NnGpt.Data;
using NnGpt.Protocol.V1;

namespace NnGpt.Worker;

/// <summary>The data sets this worker has read, and the split it used last.</summary>
internal sealed class LoadedData(string? directory)
{
    private readonly Dictionary<string, ImageDataset> _sets = [];
    private (string Dataset, int Train, int Validation, ulong Seed) _lastKey;
    private DatasetSplit? _last;

    /// <summary>A data set, read at its first use; null with the reason when its files are missing or damaged.</summary>
    public ImageDataset? TryLoad(string name, out string? problem)
    {
        problem = null;
        if (!_sets.TryGetValue(name, out var dataset))
        {
            var result = DatasetCatalog.Load(name, directory);
            if (!result.Succeeded)
            {
                problem = result.Failure.Message;
                return null;
            }
            _sets[name] = dataset = result.Dataset;
        }
        return dataset;
    }

    /// <summary>The split that a task asks for; null with the reason when it cannot be made.</summary>
    public DatasetSplit? TrySplit(TaskSettings task, out string? problem)
    {
        var key = (task.Dataset, task.TrainImages, task.ValidationImages, task.SplitSeed);
        if (_last is not null && _lastKey == key)
        {
            problem = null;
            return _last;
        }
        if (TryLoad(task.Dataset, out problem) is not { } dataset)
        {
            return null;
        }
        long asked = (long)task.TrainImages + task.ValidationImages;
        if (task.TrainImages < 0 || task.ValidationImages < 0 || asked > dataset.Train.Count || task.ValidationImages >= dataset.Train.Count)
        {
            problem = $"{task.Dataset} has {dataset.Train.Count} training images; {task.TrainImages} to train on and {task.ValidationImages} to validate on are asked for.";
            return null;
        }
        (_lastKey, _last) = (key, DatasetSplit.Create(dataset, task.TrainImages, task.ValidationImages, task.SplitSeed));
        return _last;
    }
}

using System.Globalization;
using System.Text.Json;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Metadata;

/// <summary>
/// LEMUR's statistics: a folder for each task, data set, metric and network, in it a file for each epoch, in it a list of
/// trials: <c>img-classification_cifar-10_acc_AirNet/1.json</c> holds
/// <c>[{"accuracy":0.61,"lr":0.01,"momentum":0.9,"batch":64,"transform":"norm_32","duration":4711}]</c>.
/// </summary>
internal static class LemurStatistics
{
    private const int MaxBytes = 64 << 20;
    private static readonly HashSet<string> s_noHyperparameter = ["accuracy", "duration", "epoch", "uid", "epoch_max"];

    public static void Read(string folder, MetadataTable table)
    {
        foreach (string path in PythonFolderSource.Find(folder, ".json"))
        {
            string[] parts = path.Split('/');
            string[] name = parts.Length < 2 ? [] : parts[^2].Split('_', 4);
            if (name.Length < 4 || !int.TryParse(Path.GetFileNameWithoutExtension(parts[^1]), NumberStyles.None, CultureInfo.InvariantCulture, out int epoch))
            {
                continue;
            }

            try
            {
                FileInfo file = new(Path.Combine(folder, path));
                if (file.Length is 0 or > MaxBytes)
                {
                    table.AddMalformed(path, 0, $"the file has {file.Length} bytes");
                    continue;
                }

                using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
                Read(document.RootElement, path, name, epoch, table);
            }
            catch (Exception failure) when (failure is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                table.AddMalformed(path, 0, failure.Message);
            }
        }
    }

    private static void Read(JsonElement root, string path, string[] name, int epoch, MetadataTable table)
    {
        foreach (JsonElement trial in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToArray() : [root])
        {
            if (trial.ValueKind != JsonValueKind.Object || !trial.TryGetProperty("accuracy", out JsonElement accuracy)
                || Figures.Accuracy(accuracy.ToString()) is not { } value)
            {
                table.AddMalformed(path, 0, "a trial without an accuracy in 0..1");
                continue;
            }

            table.Add(name[3], new TrainingResult(value)
            {
                Task = name[0],
                DataSet = name[1],
                Epoch = epoch,
                Transform = trial.TryGetProperty("transform", out JsonElement transform) && transform.ValueKind == JsonValueKind.String ? transform.GetString() : null,
                Hyperparameters = Figures.Sorted(trial.EnumerateObject()
                    .Where(entry => entry.Value.ValueKind == JsonValueKind.Number && !s_noHyperparameter.Contains(entry.Name))
                    .Select(entry => (entry.Name, entry.Value.GetRawText()))),
            });
        }
    }
}

using System.Globalization;
using System.Text;
using NnGpt.Corpus.Records;

namespace NnGpt.Curation.Metadata;

/// <summary>
/// Figures from a CSV with a head line. A column of names (<c>model</c>, <c>name</c>, <c>id</c>, <c>candidate</c>, <c>path</c>)
/// and one of accuracies (<c>best_accuracy</c>, <c>accuracy</c>) must be there; <c>task</c>, <c>dataset</c>, <c>epoch</c>,
/// <c>transform</c> and the hyperparameters <c>lr</c>, <c>batch</c>, <c>momentum</c>, <c>dropout</c> may be.
/// </summary>
internal static class CsvMetadata
{
    private const long MaxBytes = 1L << 30;

    private static readonly string[] s_names = ["model", "name", "id", "candidate", "path"];
    private static readonly string[] s_accuracies = ["best_accuracy", "accuracy"];
    private static readonly string[] s_hyperparameters = ["batch", "dropout", "lr", "momentum"];

    public static void Read(string path, MetadataTable table)
    {
        string file = Path.GetFileName(path);
        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new InvalidDataException($"{path} is longer than {MaxBytes} bytes");
        }

        using StreamReader reader = new(path, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
        string[] head = [.. CsvLine.Split(reader.ReadLine() ?? "").Select(name => name.Trim().ToLowerInvariant())];
        int name = Array.FindIndex(head, column => s_names.Contains(column));
        int accuracy = Array.FindIndex(head, column => s_accuracies.Contains(column));
        if (name < 0 || accuracy < 0)
        {
            throw new InvalidDataException(
                $"{path} is no table of figures: its first line needs a column {string.Join(", ", s_names)} and a column {string.Join(", ", s_accuracies)}");
        }

        long number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            string[] cells = CsvLine.Split(line);
            string Cell(string column) => Array.IndexOf(head, column) is >= 0 and int at && at < cells.Length ? cells[at].Trim() : "";
            if (name >= cells.Length || cells[name].Trim() is not { Length: > 0 } model)
            {
                table.AddMalformed(file, number, "the line names no network");
                continue;
            }

            string figure = accuracy < cells.Length ? cells[accuracy].Trim() : "";
            if (figure.Length == 0)
            {
                continue;
            }

            if (Figures.Accuracy(figure) is not { } value)
            {
                table.AddMalformed(file, number, $"'{figure}' is no accuracy in 0..1");
                continue;
            }

            table.Add(model, new TrainingResult(value)
            {
                Task = Known(Cell("task")),
                DataSet = Known(Cell("dataset")),
                Epoch = int.TryParse(Cell("epoch"), NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) ? epoch : null,
                Transform = Known(Cell("transform")),
                Hyperparameters = Figures.Sorted(s_hyperparameters.Select(column => (column, Cell(column)))),
            });
        }
    }

    private static string? Known(string cell) => cell.Length == 0 ? null : cell;
}

using System.Globalization;
using System.Text;
using NnGpt.Corpus.Records;
using NnGpt.Corpus.Sampling;
using NnGpt.Curation.Metadata;

namespace NnGpt.Curation.Export;

/// <summary>Networks as files with a table of what is known of them.</summary>
internal sealed class PythonFolderWriter : IDisposable
{
    private static readonly string[] s_hyperparameters = ["batch", "dropout", "lr", "momentum"];

    private readonly string _folder;
    private readonly StreamWriter _table;

    // Lower case, since some file systems do not tell "Net.py" from "net.py".
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public PythonFolderWriter(string folder)
    {
        _folder = folder;
        _table = new StreamWriter(Path.Combine(folder, "metadata.csv"), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        _table.WriteLine(CsvLine.Join(["name", "id", "family", "task", "dataset", "epoch", "accuracy", "transform", .. s_hyperparameters, "sha256"]));
    }

    public void Write(CorpusRecord record)
    {
        string name = NameOf(record.Id);
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, record.Source, new UTF8Encoding(false));
        IEnumerable<TrainingResult?> results = record.Results;
        foreach (TrainingResult? result in results.DefaultIfEmpty())
        {
            _table.WriteLine(CsvLine.Join(
            [
                name, record.Id, record.Family ?? "", result?.Task ?? "", result?.DataSet ?? "", Text(result?.Epoch), Text(result?.Accuracy), result?.Transform ?? "",
                .. s_hyperparameters.Select(h => result is not null && result.Hyperparameters.TryGetValue(h, out double value) ? Text(value) : ""),
                CorpusDocument.IdOf(record.Source),
            ]));
        }
    }

    public void Dispose() => _table.Dispose();

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A path below the folder whatever the id is: "../a b" becomes "_/a_b.py".</summary>
    private string NameOf(string id)
    {
        string[] parts = [.. id.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Plain)];
        string path = parts.Length == 0 ? "network" : string.Join('/', parts);
        string stem = path.EndsWith(".py", StringComparison.Ordinal) ? path[..^3] : path;
        string name = $"{stem}.py";
        for (int number = 2; !_names.Add(name); number++)
        {
            name = $"{stem}-{number.ToString(CultureInfo.InvariantCulture)}.py";
        }

        return name;
    }

    private static string Plain(string part)
    {
        string plain = string.Concat(part.Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
        return plain.Trim('.').Length == 0 ? "_" : plain;
    }
}

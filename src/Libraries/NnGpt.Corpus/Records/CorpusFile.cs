using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NnGpt.Corpus.Sampling;

namespace NnGpt.Corpus.Records;

/// <summary>
/// A corpus on disk: <c>corpus.jsonl</c>, UTF-8, one record a line:
/// <c>{"id":"AirNet.py","family":"residual","results":[{"dataset":"cifar-10","epoch":1,"accuracy":0.61,"prm":{"lr":0.01}}],"source":"import torch\n..."}</c>.
/// Only <c>id</c> and <c>source</c> are always there.
/// </summary>
public static class CorpusFile
{
    /// <summary>What the file is called in a corpus folder.</summary>
    public const string Name = "corpus.jsonl";

    private const int MaxSourceLength = 1 << 20;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads records lazily; blank lines are passed over.</summary>
    /// <exception cref="InvalidDataException">A line is no record; the message has its number.</exception>
    public static IEnumerable<CorpusRecord> Read(TextReader reader)
    {
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, number);
            }
        }
    }

    /// <summary>The first records as documents, under their ids.</summary>
    /// <param name="reader">A corpus.</param>
    /// <param name="count">Records at most; the rest is not read.</param>
    /// <exception cref="InvalidDataException">A line is no record, an id is there twice, or a source is longer than 1 MiB.</exception>
    public static IReadOnlyList<CorpusDocument> ReadDocuments(TextReader reader, int count)
    {
        List<CorpusDocument> documents = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (CorpusRecord record in Read(reader).Take(count))
        {
            if (!ids.Add(record.Id))
            {
                throw new InvalidDataException($"the id '{record.Id}' is there twice");
            }

            documents.Add(record.Source.Length <= MaxSourceLength
                ? new CorpusDocument(record.Id, record.Family ?? "", record.Source)
                : throw new InvalidDataException($"the source of '{record.Id}' has {record.Source.Length} characters; at most {MaxSourceLength}"));
        }

        return documents;
    }

    /// <summary>The JSON line of a record, without a line end. Equal records give equal lines.</summary>
    public static string Format(CorpusRecord record)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("id", record.Id);
            WriteIfKnown(writer, "family", record.Family);
            if (record.Results.Count > 0)
            {
                writer.WriteStartArray("results");
                foreach (TrainingResult result in record.Results)
                {
                    Write(writer, result);
                }

                writer.WriteEndArray();
            }

            writer.WriteString("source", record.Source);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A record from its JSON object; null when id or source is missing.</summary>
    /// <exception cref="InvalidOperationException">A property has the wrong type.</exception>
    public static CorpusRecord? From(JsonElement json)
    {
        if (!json.TryGetProperty("id", out JsonElement id) || id.ValueKind != JsonValueKind.String || id.GetString() is not { Length: > 0 } name
            || !json.TryGetProperty("source", out JsonElement source) || source.ValueKind != JsonValueKind.String || source.GetString() is not { } text)
        {
            return null;
        }

        return new CorpusRecord(name, text)
        {
            Family = TextOf(json, "family"),
            Results = json.TryGetProperty("results", out JsonElement results) ? [.. results.EnumerateArray().Select(ResultFrom)] : [],
        };
    }

    private static CorpusRecord Parse(string line, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return From(document.RootElement) ?? throw new InvalidDataException($"line {number}: a record needs an id and a source");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"line {number} is no corpus record: {error.Message}", error);
        }
    }

    private static void Write(Utf8JsonWriter writer, TrainingResult result)
    {
        writer.WriteStartObject();
        WriteIfKnown(writer, "task", result.Task);
        WriteIfKnown(writer, "dataset", result.DataSet);
        if (result.Epoch is { } epoch)
        {
            writer.WriteNumber("epoch", epoch);
        }

        writer.WriteNumber("accuracy", result.Accuracy);
        WriteIfKnown(writer, "transform", result.Transform);
        if (result.Hyperparameters.Count > 0)
        {
            writer.WriteStartObject("prm");
            foreach ((string name, double value) in result.Hyperparameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteNumber(name, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteIfKnown(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static TrainingResult ResultFrom(JsonElement json) => new(json.GetProperty("accuracy").GetDouble())
    {
        Task = TextOf(json, "task"),
        DataSet = TextOf(json, "dataset"),
        Epoch = json.TryGetProperty("epoch", out JsonElement epoch) ? epoch.GetInt32() : null,
        Transform = TextOf(json, "transform"),
        Hyperparameters = new SortedDictionary<string, double>(
            json.TryGetProperty("prm", out JsonElement prm)
                ? prm.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetDouble())
                : [],
            StringComparer.Ordinal),
    };

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

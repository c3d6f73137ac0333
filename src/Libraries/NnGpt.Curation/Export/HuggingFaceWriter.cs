using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Output;

namespace NnGpt.Curation.Export;

/// <summary>
/// A data set folder: <c>README.md</c> (the card, its YAML head as the hub reads it) and <c>data/*.jsonl</c> in two
/// configurations, <c>networks</c> and <c>chat</c>, which <c>datasets.load_dataset(FOLDER, "chat")</c> loads. The pairs of one
/// network are all in one split, which follows from its source.
/// </summary>
internal sealed class HuggingFaceWriter : IDisposable
{
    private readonly string _folder;
    private readonly HuggingFaceCard _card;
    private readonly ChatExport _chat;
    private readonly Split _train;
    private readonly Split? _validation;

    public HuggingFaceWriter(string folder, HuggingFaceCard card, ChatExport chat)
    {
        (_folder, _card, _chat) = (folder, card, chat);
        string data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        _train = new Split(data, "train");
        _validation = card.ValidationShare > 0 ? new Split(data, "validation") : null;
    }

    public long Write(CorpusRecord record)
    {
        ulong place = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(record.Source)));
        Split split = _validation is not null && place < _card.ValidationShare * ulong.MaxValue ? _validation : _train;
        split.Networks.Write(json => WriteNetwork(json, record));
        split.NetworkCount++;
        long pairs = CorpusExporter.Write(split.Chat, _chat.Pairs(record));
        split.ChatCount += pairs;
        return 1 + pairs;
    }

    public void WriteCard()
    {
        Split[] splits = _validation is null ? [_train] : [_train, _validation];
        string Splits(Func<Split, string> of) => string.Concat(splits.Select(of));
        string Info(string config, string features, Func<Split, (long Bytes, long Count)> size) =>
            $"""
            - config_name: {config}
              features:
            {features}
              splits:
            {Splits(split => string.Create(CultureInfo.InvariantCulture, $"  - name: {split.Name}\n    num_bytes: {size(split).Bytes}\n    num_examples: {size(split).Count}\n"))}  download_size: {splits.Sum(split => size(split).Bytes)}
              dataset_size: {splits.Sum(split => size(split).Bytes)}

            """;

        long networks = splits.Sum(split => split.NetworkCount);
        File.WriteAllText(
            Path.Combine(_folder, "README.md"),
            $"""
            ---
            pretty_name: {JsonSerializer.Serialize(_card.Name)}
            license: {_card.License}
            task_categories:
            - text-generation
            tags:
            - code
            - pytorch
            - neural-architecture-search
            size_categories:
            - {SizeCategory(networks)}
            configs:
            - config_name: networks
              default: true
              data_files:
            {Splits(split => $"  - split: {split.Name}\n    path: data/networks-{split.Name}.jsonl\n")}- config_name: chat
              data_files:
            {Splits(split => $"  - split: {split.Name}\n    path: data/chat-{split.Name}.jsonl\n")}dataset_info:
            {Info("networks", NetworkFeatures, split => (split.Networks.Length, split.NetworkCount))}{Info("chat", ChatFeatures, split => (split.Chat.Length, split.ChatCount))}---

            # {_card.Name}

            {networks.ToString("N0", CultureInfo.InvariantCulture)} PyTorch networks for image classification, near-duplicates removed (MinHash over 10-grams of Python tokens),
            each a module with a class `Net(in_shape, out_shape, prm, device)` that trains itself by `train_setup` and `learn`.

            | configuration | split | rows |
            |---|---|---|
            {Splits(split => string.Create(CultureInfo.InvariantCulture, $"| networks | {split.Name} | {split.NetworkCount} |\n| chat | {split.Name} | {split.ChatCount} |\n"))}
            - `networks`: `id`, `family`, `source` (the Python text) and `results`, a list of measured accuracies (0..1) with data set,
              epoch and `prm`, the hyperparameters as JSON text.
            - `chat`: `messages` of a system, a user and an assistant turn; the same network answers the prompt of each task.

            ```python
            from datasets import load_dataset
            networks = load_dataset("path/of/this/folder", "networks", split="train")
            ```

            The code is not vetted: run it in a sandbox only.

            """);
    }

    public void Dispose()
    {
        _train.Dispose();
        _validation?.Dispose();
    }

    private const string NetworkFeatures =
        """
          - name: id
            dtype: string
          - name: family
            dtype: string
          - name: source
            dtype: string
          - name: results
            list:
            - name: task
              dtype: string
            - name: dataset
              dtype: string
            - name: epoch
              dtype: int32
            - name: accuracy
              dtype: float64
            - name: transform
              dtype: string
            - name: prm
              dtype: string
        """;

    private const string ChatFeatures =
        """
          - name: messages
            list:
            - name: role
              dtype: string
            - name: content
              dtype: string
        """;

    // Every row has every column: the loader takes the columns of a file from its first rows.
    private static void WriteNetwork(Utf8JsonWriter json, CorpusRecord record)
    {
        json.WriteString("id", record.Id);
        json.WriteString("family", record.Family);
        json.WriteString("source", record.Source);
        json.WriteStartArray("results");
        foreach (TrainingResult result in record.Results)
        {
            json.WriteStartObject();
            json.WriteString("task", result.Task);
            json.WriteString("dataset", result.DataSet);
            if (result.Epoch is { } epoch)
            {
                json.WriteNumber("epoch", epoch);
            }
            else
            {
                json.WriteNull("epoch");
            }

            json.WriteNumber("accuracy", result.Accuracy);
            json.WriteString("transform", result.Transform);
            json.WriteString("prm", JsonSerializer.Serialize(result.Hyperparameters));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string SizeCategory(long count) => count switch
    {
        < 1_000 => "n<1K",
        < 10_000 => "1K<n<10K",
        < 100_000 => "10K<n<100K",
        < 1_000_000 => "100K<n<1M",
        _ => "n>1M",
    };

    private sealed class Split(string folder, string name) : IDisposable
    {
        public string Name => name;

        public JsonLines Networks { get; } = new(Path.Combine(folder, $"networks-{name}.jsonl"));

        public JsonLines Chat { get; } = new(Path.Combine(folder, $"chat-{name}.jsonl"));

        public long NetworkCount { get; set; }

        public long ChatCount { get; set; }

        public void Dispose()
        {
            Networks.Dispose();
            Chat.Dispose();
        }
    }
}

using System.Text.Json;
using NnGpt.Corpus.Chat;
using NnGpt.Corpus.Prompts;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Export;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Tests.Export;

public sealed class CorpusExporterTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly IReadOnlyList<string> _networks = TestFolder.Networks(20);

    public CorpusExporterTests() => _folder.Write("corpus.jsonl", string.Concat(_networks.Select((source, i) => CorpusFile.Format(
        new CorpusRecord(i == 0 ? "../../a b" : $"n{i}.py", source)
        {
            Results = i == 1 ? [new TrainingResult(0.25) { DataSet = "mnist", Hyperparameters = new SortedDictionary<string, double> { ["lr"] = 0.1 } }] : [],
        }) + "\n")) + "broken\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void To_AnythingCancelled_LeavesNothingAndWhatWasThere()
    {
        _folder.Write("pairs.jsonl", "old");
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        ChatExport chat = new(ChatExport.DualTask, PromptWording.Short, 500_000);

        Assert.Throws<OperationCanceledException>(() => CorpusExporter.ToChat(Source(), _folder["pairs.jsonl"], chat, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => CorpusExporter.ToPythonFolder(Source(), _folder["py"], cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => CorpusExporter.ToHuggingFace(Source(), _folder["hf"], new HuggingFaceCard("x", "mit", 0), chat, cancelled.Token));

        Assert.Equal("old", File.ReadAllText(_folder["pairs.jsonl"]));
        Assert.Equal(["corpus.jsonl", "pairs.jsonl"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(PromptWording.Short)]
    [InlineData(PromptWording.Full)]
    public void ToChat_EachNetwork_AnswersBothTasks(PromptWording wording)
    {
        ExportReport report = CorpusExporter.ToChat(Source(), _folder["pairs.jsonl"], new ChatExport(ChatExport.DualTask, wording, 500_000), TestContext.Current.CancellationToken);
        Assert.Equal(new ExportReport(20, 40, 1), report);
        using StreamReader reader = new(_folder["pairs.jsonl"]);
        List<ChatPair> pairs = [.. ChatJsonl.Read(reader)];
        Assert.Equal(40, pairs.Count);
        for (int i = 0; i < 20; i++)
        {
            Assert.Contains("mnist", pairs[2 * i].User, StringComparison.Ordinal);
            Assert.Contains("cifar-10", pairs[(2 * i) + 1].User, StringComparison.Ordinal);
            Assert.Equal(pairs[2 * i].Assistant, pairs[(2 * i) + 1].Assistant);
            Assert.Equal(_networks[i], CodeBlock.Extract(pairs[2 * i].Assistant).Source);
            Assert.Equal(wording == PromptWording.Full, CodeBlock.Extract(pairs[2 * i].Assistant).Fenced);
        }
    }

    [Fact]
    public async Task ToPythonFolder_ReadAgain_IsTheSameCorpus()
    {
        CorpusExporter.ToPythonFolder(Source(), _folder["files"], TestContext.Current.CancellationToken);
        await _folder.CurateAsync("files", "again");
        IReadOnlyList<CorpusRecord> again = _folder.Corpus("again");
        Assert.Equal(_networks.Order(StringComparer.Ordinal), again.Select(record => record.Source).Order(StringComparer.Ordinal));
        Assert.Contains("_/_/a_b.py", again.Select(record => record.Id));
        TrainingResult result = Assert.Single(again.Single(record => record.Id == "n1.py").Results);
        Assert.Equal((0.25, "mnist", 0.1), (result.Accuracy, result.DataSet, result.Hyperparameters["lr"]));
        Assert.Throws<IOException>(() => CorpusExporter.ToPythonFolder(Source(), _folder["files"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ToHuggingFace_SplitsAndCard_AgreeWithTheFiles()
    {
        ExportReport report = CorpusExporter.ToHuggingFace(
            Source(), _folder["hf"], new HuggingFaceCard("my: set", "mit", 0.3), new ChatExport(ChatExport.DualTask, PromptWording.Short, 1000), TestContext.Current.CancellationToken);
        Assert.Equal(60, report.Written);
        int train = _folder.Lines("hf/data/networks-train.jsonl").Length, validation = _folder.Lines("hf/data/networks-validation.jsonl").Length;
        Assert.Equal(20, train + validation);
        Assert.InRange(validation, 1, 15);
        Assert.Equal(2 * train, _folder.Lines("hf/data/chat-train.jsonl").Length);
        using JsonDocument first = JsonDocument.Parse(_folder.Lines("hf/data/networks-train.jsonl")[0]);
        Assert.Equal(["id", "family", "source", "results"], first.RootElement.EnumerateObject().Select(property => property.Name));
        string card = File.ReadAllText(_folder["hf/README.md"]);
        Assert.StartsWith("---\npretty_name: \"my: set\"\nlicense: mit\n", card, StringComparison.Ordinal);
        Assert.Contains(
            $"  - name: validation\n    num_bytes: {new FileInfo(_folder["hf/data/networks-validation.jsonl"]).Length}\n    num_examples: {validation}\n", card, StringComparison.Ordinal);
        Assert.Contains("  - split: train\n    path: data/chat-train.jsonl\n", card, StringComparison.Ordinal);
    }

    private IRecordSource Source() => RecordSource.Open(_folder["corpus.jsonl"]);
}

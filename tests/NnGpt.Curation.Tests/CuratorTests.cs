using NnGpt.Corpus.Records;
using NnGpt.Curation.Output;
using NnGpt.Curation.Reading;
using NnGpt.Novelty;

namespace NnGpt.Curation.Tests;

public sealed class CuratorTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_FolderWithCopies_KeepsTheFirstAndNamesIt()
    {
        string network = TestFolder.Networks(1)[0];
        _folder.Write("in/b.py", network);
        _folder.Write("in/sub/a.py", network.Replace("\n", "\r\n", StringComparison.Ordinal));
        _folder.Write("in/sub/c.py", "# a comment\n" + network);
        _folder.Write("in/sub/d.py", network + "SCALE = 1\n");
        _folder.Write("in/z.py", "import math\nprint(math.pi)\n");

        CurationReport report = await _folder.CurateAsync("in", "out");

        Assert.Equal((5, 0, 1, 2, 2), (report.Read, report.Malformed, report.Exact, report.Near, report.Kept));
        Assert.Equal(["b.py", "z.py"], _folder.Corpus("out").Select(record => record.Id));
        string[] dropped = _folder.Lines("out/dropped.jsonl");
        Assert.Equal("""{"id":"sub/a.py","reason":"exact","duplicate_of":"b.py","jaccard":1}""", dropped[0]);
        Assert.Equal("""{"id":"sub/c.py","reason":"near","duplicate_of":"b.py","jaccard":1}""", dropped[1]);
        Assert.StartsWith("""{"id":"sub/d.py","reason":"near","duplicate_of":"b.py","jaccard":0.9""", dropped[2], StringComparison.Ordinal);
        Assert.Equal(["b.py", "z.py"], Directory.GetFiles(_folder["out/kept"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(network, File.ReadAllText(_folder["out/kept/b.py"]));
    }

    [Fact]
    public async Task Run_AgainstAllPairs_DropsWhatIsAboveTauAndNothingElse()
    {
        // Every third network is a variant of an earlier one, more or less changed.
        List<string> sources = [.. TestFolder.Networks(300)];
        for (int i = 0; i < 150; i++)
        {
            int cut = i % 40;
            sources.Add(string.Concat(sources[i].Split('\n').Where((_, line) => line % 40 != cut).Select(line => line + "\n")) + new string('x', i % 7) + "\n");
        }

        NoveltySettings settings = new();
        List<SignedDocument> kept = [];
        List<string> expected = [];
        for (int i = 0; i < sources.Count; i++)
        {
            _folder.Write($"in/{i:000}.py", sources[i]);
            SignedDocument document = SignedDocument.Create(sources[i], settings);
            if (!kept.Any(other => other.Shingles.Jaccard(document.Shingles) > 0.90))
            {
                kept.Add(document);
                expected.Add($"{i:000}.py");
            }
        }

        CurationReport report = await _folder.CurateAsync("in", "out");

        Assert.Equal(expected, _folder.Corpus("out").Select(record => record.Id));
        Assert.InRange(report.Near + report.Exact, 20, 150);
    }

    [Fact]
    public async Task Run_OtherThreadsAndAgain_GivesTheSameBytes()
    {
        IReadOnlyList<string> networks = TestFolder.Networks(400);
        _folder.Write("in.jsonl", string.Concat(networks.Concat(networks.Take(50)).Select(
            (source, i) => CorpusFile.Format(new CorpusRecord($"n{i}", source + (i % 3 == 0 ? "# end\n" : ""))) + "\n")) + "broken\n");

        await _folder.CurateAsync("in.jsonl", "one", new CurationOptions { Threads = 1 });
        await _folder.CurateAsync("in.jsonl", "four", new CurationOptions { Threads = 4 });
        await _folder.CurateAsync("in.jsonl", "four", new CurationOptions { Threads = 4 });

        foreach (string name in (string[])["corpus.jsonl", "dropped.jsonl", "malformed.jsonl", "kept.jsonl"])
        {
            Assert.Equal(File.ReadAllBytes(_folder["one/" + name]), File.ReadAllBytes(_folder["four/" + name]));
        }

        Assert.Single(_folder.Lines("one/malformed.jsonl"));
        Assert.True(_folder.Lines("one/dropped.jsonl").Length >= 50);
    }

    [Fact]
    public async Task Run_ContractRequired_CountsWhatIsAgainstIt()
    {
        string network = TestFolder.Networks(1)[0];
        _folder.Write("in/a.py", network.Replace("class Net(", "class Other(", StringComparison.Ordinal));
        _folder.Write("in/b.py", network.Replace("def forward(self, x)", "def backward(self, x)", StringComparison.Ordinal));
        _folder.Write("in/c.py", network);
        CurationReport report = await _folder.CurateAsync("in", "out", new CurationOptions { RequireContract = true });
        Assert.Equal(1, report.Kept);
        Assert.Equal(2, report.Breaches.Values.Sum());
        Assert.Equal(["""{"id":"a.py","reason":"no_net"}""", """{"id":"b.py","reason":"no_forward"}"""], _folder.Lines("out/dropped.jsonl"));
    }

    [Fact]
    public async Task Run_SameIds_AreTold()
    {
        IReadOnlyList<string> networks = TestFolder.Networks(3);
        _folder.Write("in.jsonl", string.Concat(networks.Select(source => CorpusFile.Format(new CorpusRecord("x", source)) + "\n")));
        await _folder.CurateAsync("in.jsonl", "out");
        Assert.Equal(["x", "x#2", "x#3"], _folder.Corpus("out").Select(record => record.Id));
    }

    [Fact]
    public async Task Run_FolderOfSomebodyElse_IsNotTouched()
    {
        _folder.Write("in/a.py", TestFolder.Networks(1)[0]);
        _folder.Write("out/thesis.tex", "x");
        await Assert.ThrowsAsync<IOException>(() => _folder.CurateAsync("in", "out"));
        Assert.Equal(["thesis.tex"], Directory.GetFileSystemEntries(_folder["out"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Run_ThatEndsBeforeItsTime_LeavesTheEarlierCorpus()
    {
        _folder.Write("in/a.py", TestFolder.Networks(1)[0]);
        await _folder.CurateAsync("in", "out");
        byte[] before = File.ReadAllBytes(_folder["out/corpus.jsonl"]);
        _folder.Write("in/a.py", "x = 1\n");
        using (CurationFolder output = new(_folder["out"], SourceShape.Files))
        {
            output.Keep(new CorpusRecord("b.py", "y = 1\n"), "y = 1\n"u8.ToArray());
        }

        Assert.Equal(before, File.ReadAllBytes(_folder["out/corpus.jsonl"]));
        Assert.Equal(["a.py"], Directory.GetFiles(_folder["out/kept"]).Select(Path.GetFileName));

        await _folder.CurateAsync("in", "out");
        Assert.Equal("x = 1\n", Assert.Single(_folder.Corpus("out")).Source);
        Assert.Equal(["corpus.jsonl", "dropped.jsonl", "kept", "malformed.jsonl"], Directory.GetFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_OptionOutOfRange_IsRefused()
    {
        _folder.Write("in/a.py", "x = 1\n");
        await Assert.ThrowsAsync<System.ComponentModel.DataAnnotations.ValidationException>(
            () => _folder.CurateAsync("in", "out", new CurationOptions { JaccardThreshold = 1.5 }));
    }
}

namespace NnGpt.Cli.Tests;

public sealed class CorpusCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nngpt-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Dedup_IntoWhatItReads_IsRefusedAndNothingIsLost()
    {
        string corpus = In("corpus"), kept = In("corpus/kept"), link = In("link");
        Directory.CreateDirectory(kept);
        File.WriteAllText(In("corpus/kept/a.py"), "x = 1\n");
        File.WriteAllText(In("corpus/corpus.jsonl"), "{\"id\":\"a.py\",\"source\":\"x = 1\\n\"}\n");
        File.WriteAllText(In("corpus/dropped.jsonl"), "");
        File.WriteAllText(In("corpus/malformed.jsonl"), "");
        Directory.CreateSymbolicLink(link, corpus);
        string[][] calls = [[corpus, corpus], [In("corpus/corpus.jsonl"), corpus], [kept, corpus], [corpus, In("corpus/new")], [In("corpus/corpus.jsonl"), link], [In("link/kept"), corpus]];
        foreach (string[] call in calls)
        {
            (int code, string output, string error) = await RunAsync("corpus", "dedup", call[0], "--out", call[1]);
            Assert.Equal((2, "", 1), (code, output, error.Count(c => c == '\n')));
        }

        Assert.Equal("x = 1\n", File.ReadAllText(In("corpus/kept/a.py")));
        Assert.NotEmpty(File.ReadAllText(In("corpus/corpus.jsonl")));
    }

    [Fact]
    public async Task Similarity_FilesThatCannotBeRead_IsOneLine()
    {
        File.WriteAllText(In("a.py"), "x = 1\n");
        File.CreateSymbolicLink(In("endless.py"), "/dev/zero");
        File.CreateSymbolicLink(In("broken.py"), "nowhere");
        string[][] calls = [["novelty", "similarity", In("endless.py"), In("a.py")], ["novelty", "similarity", In("a.py"), In("broken.py")], ["corpus", "dedup", "", "--out", In("out")]];
        foreach (string[] call in calls)
        {
            (int code, string output, string error) = await RunAsync(call);
            Assert.InRange(code, 1, 4);
            Assert.Equal("", output);
            Assert.Equal(1, error.Count(c => c == '\n'));
            Assert.StartsWith("nngpt: ", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Similarity_DeclaredEncodings_CompareTheCharacters()
    {
        string[] tokens = [.. Enumerable.Range(0, 30).Select(i => $"'{(char)(0xE0 + i)}'")];
        File.WriteAllText(In("utf8.py"), string.Join('\n', tokens));
        File.WriteAllBytes(In("latin1.py"), System.Text.Encoding.Latin1.GetBytes($"# coding: latin-1\n{string.Join('\n', tokens)}"));

        (int code, string output, _) = await RunAsync("novelty", "similarity", In("utf8.py"), In("latin1.py"), "--output", "json");

        Assert.Equal(0, code);
        Assert.StartsWith("{\"jaccard\":1,\"jaccard_estimate\":1,\"near_duplicate\":true", output, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(TestContext.Current.CancellationToken, arguments);
}

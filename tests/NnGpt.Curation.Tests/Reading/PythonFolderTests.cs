using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Tests.Reading;

public sealed class PythonFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_FilesThatAreNone_EachHasItsReason()
    {
        _folder.Write("in/a.py", "\uFEFFimport torch\r\n");
        _folder.Write("in/b.txt", "import torch\n");
        _folder.Write("in/empty.py", "");
        _folder.Write("in/blank.py", "\n \n");
        _folder.Write("in/comments.py", "# nothing\n");
        _folder.Write("in/long.py", new string('#', (1 << 20) + 1));
        File.WriteAllBytes(_folder["in/latin.py"], [0x78, 0x3D, 0xE9, 0x0A]);

        CurationReport report = await _folder.CurateAsync("in", "out");

        Assert.Equal(6, report.Read);
        Assert.Equal(5, report.Malformed);
        Assert.Equal(
            ["blank.py empty", "comments.py empty", "empty.py empty", "latin.py not_utf8", "long.py too_long"],
            _folder.Lines("out/malformed.jsonl").Select(line =>
            {
                using var json = System.Text.Json.JsonDocument.Parse(line);
                return $"{json.RootElement.GetProperty("file")} {json.RootElement.GetProperty("reason")}";
            }));
        Assert.Equal("import torch\n", Assert.Single(_folder.Corpus("out")).Source);
    }

    [Fact]
    public async Task Read_Links_GiveWhatTheyPointTo()
    {
        string network = TestFolder.Networks(1)[0];
        _folder.Write("elsewhere/a.py", network);
        Directory.CreateDirectory(_folder["in"]);
        File.CreateSymbolicLink(_folder["in/a.py"], _folder["elsewhere/a.py"]);
        File.CreateSymbolicLink(_folder["in/b.py"], "a.py");
        File.CreateSymbolicLink(_folder["in/c.py"], "/dev/zero");
        File.CreateSymbolicLink(_folder["in/d.py"], "nowhere");
        File.CreateSymbolicLink(_folder["in/round"], ".");

        CurationReport report = await _folder.CurateAsync("in", "out");

        Assert.Equal((4, 2, 1, 1), (report.Read, report.Malformed, report.Exact, report.Kept));
        Assert.Equal(network, Assert.Single(_folder.Corpus("out")).Source);
        Assert.Equal(network, File.ReadAllText(_folder["out/kept/a.py"]));
    }

    [Fact]
    public void Open_NothingThere_SaysSo()
    {
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Throws<FileNotFoundException>(() => RecordSource.Open(_folder["empty"]));
        Assert.Throws<FileNotFoundException>(() => RecordSource.Open(_folder["missing"]));
        Assert.Throws<InvalidDataException>(() => RecordSource.Open(_folder.Write("a.txt", "x")));
    }
}

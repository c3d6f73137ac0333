using System.Text;
using System.Text.Json;
using NnGpt.Corpus.Records;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Tests.Reading;

public sealed class JsonlSourceTests : IDisposable
{
    private const string Code = "import torch\nclass Net:\n    pass\n";
    private static readonly string s_reply = JsonSerializer.Serialize($"Install it:\n```sh\npip install torch\n```\nthen\n```python\n{Code}```\nDone.");
    private static readonly string s_code = JsonSerializer.Serialize(Code);
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Shapes =>
    [
        $$"""{"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"},{"role":"assistant","content":{{s_reply}}}]}""",
        $$"""{"messages":[{"role":"user","content":"u"},{"role":"assistant","content":"Which size?"},{"role":"user","content":"any"},{"role":"assistant","content":{{s_reply}}}]}""",
        $$"""{"messages":[{"role":"assistant","content":[{"type":"text","text":{{s_reply}}}]}]}""",
        $$"""{"conversations":[{"from":"human","value":"u"},{"from":"gpt","value":{{s_reply}}}]}""",
        $$"""{"prompt":"u","completion":{{s_code}}}""",
        $$"""{"prompt":[{"role":"user","content":"u"}],"completion":[{"role":"assistant","content":{{s_reply}}}]}""",
        $$"""{"instruction":"u","input":"","output":{{s_reply}}}""",
        $$"""{"text":{{s_reply}}}""",
        $$"""{"code":{{s_code}}}""",
        $$"""{"source":{{s_code}},"family":"x"}""",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Read_KnownShape_GivesTheNetwork(string line)
    {
        CorpusRecord record = Assert.Single(Read(Encoding.UTF8.GetBytes("\n" + line + "\r\n"))).Record!;
        Assert.Equal(Code, record.Source);
        Assert.Equal("a.jsonl:2", record.Id);
    }

    [Theory]
    [InlineData("not json", MalformedReason.BadJson)]
    [InlineData("[1]", MalformedReason.BadJson)]
    [InlineData("{\"text\":1}", MalformedReason.UnknownShape)]
    [InlineData("{\"other\":\"import torch\"}", MalformedReason.UnknownShape)]
    [InlineData("{\"text\":\"a poem\"}", MalformedReason.NoCode)]
    [InlineData("{\"text\":\"\"}", MalformedReason.NoCode)]
    [InlineData("{\"text\":\"```python\\n```\"}", MalformedReason.NoCode)]
    [InlineData("{\"messages\":[]}", MalformedReason.NoCode)]
    [InlineData("{\"messages\":[1,{\"role\":2}]}", MalformedReason.BadJson)]
    [InlineData("{\"text\":\"\\ud800\"}", MalformedReason.BadJson)]
    [InlineData("{\"id\":\"a\",\"source\":5}", MalformedReason.UnknownShape)]
    public void Read_NoRecord_SaysWhyAndGoesOn(string line, MalformedReason reason)
    {
        List<RecordReading> readings = Read(Encoding.UTF8.GetBytes(line + "\n{\"code\":\"import torch\"}"));
        Assert.Equal(2, readings.Count);
        Assert.Equal((reason, "a.jsonl", 1L), (readings[0].Malformed!.Reason, readings[0].Malformed!.File, readings[0].Malformed!.Line));
        Assert.Equal("import torch", readings[1].Record!.Source);
    }

    [Theory]
    [InlineData("{\"id\":7,\"source\":\"x = 1\"}", "7", "x = 1")]
    [InlineData("{\"code\":\"x = 1 # no import\"}", "a.jsonl:1", "x = 1 # no import")]
    [InlineData("{\"name\":\"n\",\"nn_code\":\"import torch\\n'''\\n```python\\nNet()\\n```\\n'''\\ny = 2\\n\"}", "n", "import torch\n'''\n```python\nNet()\n```\n'''\ny = 2\n")]
    [InlineData("{\"id\":\"d\",\"source\":\"\\\"\\\"\\\"Use:\\n```\\nNet()\\n```\\n\\\"\\\"\\\"\\nz\"}", "d", "\"\"\"Use:\n```\nNet()\n```\n\"\"\"\nz")]
    [InlineData("{\"id\":\"f\",\"source\":\"Here it is:\\n```python\\nimport torch\\n```\\nDone.\"}", "f", "import torch\n")]
    public void Read_WhatIsNamedSource_IsKeptToTheLetter(string line, string id, string source)
    {
        CorpusRecord record = Assert.Single(Read(Encoding.UTF8.GetBytes(line))).Record!;
        Assert.Equal((id, source), (record.Id, record.Source));
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreRefused()
    {
        List<RecordReading> readings = Read([.. "{\"code\":\"import \xff\"}\n"u8, 0xC3, 0x28, (byte)'\n']);
        Assert.Equal(MalformedReason.NotUtf8, readings[1].Malformed!.Reason);
    }

    [Fact]
    public void Read_EndlessLine_CostsThatLine()
    {
        string path = _folder["a.jsonl"];
        using (StreamWriter writer = new(path))
        {
            writer.Write("{\"code\":\"");
            for (int i = 0; i < 9 << 10; i++)
            {
                writer.Write(new string('x', 1024));
            }

            writer.Write("\"}\n{\"code\":\"import torch\"}\n");
        }

        List<RecordReading> readings = [.. RecordSource.Open(path).Read()];
        Assert.Equal(MalformedReason.TooLong, readings[0].Malformed!.Reason);
        Assert.Equal("a.jsonl:2", readings[1].Record!.Id);
        Assert.Equal(2, readings.Count);
    }

    [Fact]
    public void Read_CorpusRecord_IsWhatWasWritten()
    {
        CorpusRecord record = new("é/a.py", "import torch\n# \u2028\n")
        {
            Family = "residual",
            Results =
            [
                new TrainingResult(0.5)
                {
                    DataSet = "cifar-10", Task = "t", Epoch = 1, Transform = "norm_32",
                    Hyperparameters = new SortedDictionary<string, double> { ["lr"] = 0.01, ["batch"] = 64 },
                },
            ],
        };
        string line = CorpusFile.Format(record);
        CorpusRecord read = Assert.Single(Read(Encoding.UTF8.GetBytes(line))).Record!;
        Assert.Equal(line, CorpusFile.Format(read));
        Assert.Equal(record.Source, read.Source);
    }

    private List<RecordReading> Read(byte[] bytes)
    {
        File.WriteAllBytes(_folder["a.jsonl"], bytes);
        return [.. RecordSource.Open(_folder["a.jsonl"]).Read()];
    }
}

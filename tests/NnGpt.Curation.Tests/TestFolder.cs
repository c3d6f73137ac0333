using System.Text;
using NnGpt.Corpus.Records;
using NnGpt.Corpus.Sampling;
using NnGpt.Curation.Output;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Tests;

/// <summary>A folder that goes with the test, and what tests do in it.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("nngpt-curation-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public static IReadOnlyList<string> Networks(int count, ulong seed = 3)
    {
        ArchitectureSampler sampler = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next().Source)];
    }

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text, new UTF8Encoding(false));
        return this[name];
    }

    /// <summary>Curates a path of the folder into another one.</summary>
    public async Task<CurationReport> CurateAsync(string from, string to, CurationOptions? options = null)
    {
        IRecordSource source = RecordSource.Open(this[from]);
        using CurationFolder output = new(this[to], source.Shape);
        CurationReport report = await Curator.RunAsync(
            source, (options ?? new CurationOptions()) with { WorkingFolder = output.WorkingFolder }, output, progress: null, TestContext.Current.CancellationToken);
        output.Complete();
        return report;
    }

    public IReadOnlyList<CorpusRecord> Corpus(string folder)
    {
        using StreamReader reader = new(this[$"{folder}/{CorpusFile.Name}"]);
        return [.. CorpusFile.Read(reader)];
    }

    public string[] Lines(string name) => File.ReadAllLines(this[name]);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

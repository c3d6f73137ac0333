using System.Diagnostics;
using System.Text.Json;

namespace NnGpt.Python.Tests;

/// <summary>The same text run by CPython: what it prints, the exception, and the line it was raised on.</summary>
public sealed class ConformanceTests
{
    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<Dictionary<string, SnippetOutcome>> s_reference = new(RunReference);

    public static TheoryData<string> Names => [.. Snippet.All().Where(s => !IsRecorded(s)).Select(s => s.ToString())];

    public static TheoryData<string> Recorded => [.. Snippet.All().Where(IsRecorded).Select(s => s.ToString())];

    private static bool IsRecorded(Snippet snippet) => snippet.RecordedOutput is not null || snippet.RecordedError is not null;

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Snippet_AsRecorded(string name)
    {
        var snippet = Snippet.All().Single(s => s.ToString() == name);

        var actual = SnippetOutcome.Of(snippet.Source);

        Assert.Equal((snippet.RecordedOutput ?? "", snippet.RecordedError), (actual.Output, actual.Error));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Snippet_SameAsCPython(string name)
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not installed");
        var snippet = Snippet.All().Single(s => s.ToString() == name);

        var actual = SnippetOutcome.Of(snippet.Source);

        Assert.Equal(s_reference.Value[name], actual);
    }

    private static Dictionary<string, SnippetOutcome> RunReference()
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "reference.py"));
        var files = Directory.GetFiles(Snippet.Folder, "*.py").Order(StringComparer.Ordinal).ToList();
        files.ForEach(start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        var outcomes = lines.Select(l => JsonDocument.Parse(l).RootElement).Select(e => new SnippetOutcome(
            e.GetProperty("output").GetString()!, e.GetProperty("error").GetString(), e.GetProperty("line").GetInt32()));
        return Snippet.All().Zip(outcomes).ToDictionary(p => p.First.ToString(), p => p.Second);
    }
}

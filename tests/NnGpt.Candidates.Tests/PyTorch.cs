using System.Diagnostics;
using System.Text.Json;

namespace NnGpt.Candidates.Tests;

/// <summary>Asks Debian's python3-torch about files, with reference.py.</summary>
internal static class PyTorch
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> s_available = new(() => File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/torch"));

    public static bool IsAvailable => s_available.Value;

    /// <summary>The answers by file name.</summary>
    public static Dictionary<string, JsonElement> Ask(ValidationRequest request, IEnumerable<string> files)
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])
        [
            Path.Combine(AppContext.BaseDirectory, "reference.py"), "--contract", request.Contract == CandidateContract.Lemur ? "lemur" : "plain",
            "--in-shape", string.Join(',', request.InShape), "--in-dtype", request.IntegerInput ? "int64" : "float32", "--vocab", $"{request.Vocabulary}", .. files,
        ])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var answers = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var answer = JsonDocument.Parse(line).RootElement.Clone();
            answers[Path.GetFileName(answer.GetProperty("path").GetString()!)] = answer;
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return answers;
    }
}

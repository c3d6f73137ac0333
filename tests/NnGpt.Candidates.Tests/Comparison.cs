using System.Text.Json;

namespace NnGpt.Candidates.Tests;

/// <summary>Where our answer about a network differs from PyTorch's.</summary>
internal static class Comparison
{
    private const double Tolerance = 1e-4;

    public static readonly CandidateLimits Limits = new()
    {
        MaxParameters = 100_000_000,
        MaxMacs = long.MaxValue,
        Time = TimeSpan.FromMinutes(5),
    };

    public static void RequireSame(ValidationRequest request, IReadOnlyList<string> files, bool lines = false)
    {
        var differences = Differences(request, files, lines);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static List<string> Differences(ValidationRequest request, IReadOnlyList<string> files, bool lines)
    {
        var answers = PyTorch.Ask(request, files);
        request = request with { RequireScorableOutput = false };
        var differences = new List<string>();
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var report = CandidateValidator.Validate(File.ReadAllText(file), request, Limits, TestContext.Current.CancellationToken);
            differences.AddRange(Differences(report, answers[name], lines).Select(difference => $"{name}: {difference}"));
        }

        return differences;
    }

    private static IEnumerable<string> Differences(ValidationReport report, JsonElement answer, bool lines)
    {
        var valid = answer.GetProperty("verdict").GetString() == "valid";
        if (report.Valid != valid)
        {
            yield return $"valid {report.Valid} instead of {valid} ({report.Rejection} / {(valid ? "" : answer.GetProperty("error").GetRawText())})";
            yield break;
        }

        if (!valid)
        {
            var type = answer.GetProperty("error").GetProperty("type").GetString();
            if (Family(report.Rejection!.ErrorType) != Family(type))
                yield return $"{report.Rejection.ErrorType} ({report.Rejection.Message}) instead of {type}";
            var line = answer.GetProperty("error").GetProperty("line").GetInt32();
            if (lines && report.Rejection.Line != line)
                yield return $"{report.Rejection.ErrorType} in line {report.Rejection.Line} instead of {line}";
            yield break;
        }

        if (report.Parameters != answer.GetProperty("parameters").GetInt64())
            yield return $"{report.Parameters} parameters instead of {answer.GetProperty("parameters")}";
        var ours = report.StateDict.Select(spec => $"{spec.Name} [{string.Join(",", spec.Shape)}] {spec.DType}");
        var theirs = answer.GetProperty("state_dict").EnumerateArray()
            .Select(entry => $"{entry[0].GetString()} [{string.Join(",", entry[1].EnumerateArray())}] {entry[2].GetString()}");
        if (!ours.SequenceEqual(theirs))
            yield return $"state_dict {string.Join("; ", ours.Except(theirs).Take(3))} instead of {string.Join("; ", theirs.Except(ours).Take(3))}";
        if (!report.OutputShape.SequenceEqual(answer.GetProperty("output_shape").EnumerateArray().Select(size => size.GetInt64())))
            yield return $"output shape [{string.Join(",", report.OutputShape)}]";
        var output = answer.GetProperty("output");
        var scale = Number(output.GetProperty("abs"));
        if (!Close(report.OutputAbs, scale, 0) || !Close(report.OutputSum, Number(output.GetProperty("sum")), scale))
            yield return $"output sum {report.OutputSum} abs {report.OutputAbs} instead of {output}";
        var losses = answer.GetProperty("losses").EnumerateArray().Select(Number).ToArray();
        if (report.Losses.Count != losses.Length || !report.Losses.Zip(losses).All(pair => Close(pair.First, pair.Second, 0)))
            yield return $"losses {string.Join(" ", report.Losses)} instead of {string.Join(" ", losses)}";
    }

    // Which of two mistakes of form a parser names first is a matter of its tokenizer.
    private static string? Family(string? type) => type == "IndentationError" ? "SyntaxError" : type;

    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    private static bool Close(double left, double right, double scale) =>
        (double.IsNaN(right) && !double.IsFinite(left)) || Math.Abs(left - right) <= Tolerance * Math.Max(Math.Max(Math.Abs(left), Math.Abs(right)), Math.Max(scale, 1e-3));
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NnGpt.Candidates.Tests;

/// <summary>
/// The tables of the folder Tables: an expression a line, whose value or error is the same as PyTorch's. Steps before the
/// expression end with ";;". Modules are told by their repr, state_dict and output, tensors by shape, dtype and a weighted sum.
/// </summary>
public sealed partial class TableTests
{
    private const int PerFile = 25;

    private static readonly string s_tables = Path.Combine(AppContext.BaseDirectory, "Tables");

    [Theory]
    [InlineData("modules")]
    [InlineData("functional")]
    [InlineData("torch")]
    [InlineData("tensor")]
    [InlineData("training")]
    [InlineData("imports")]
    public void Evaluate_EachLineOfATable_AsPyTorch(string table)
    {
        Assert.SkipUnless(PyTorch.IsAvailable, "python3-torch is not installed");
        var cases = File.ReadAllLines(Path.Combine(s_tables, $"{table}.txt")).Where(line => line.Length > 0).Chunk(PerFile).ToList();
        var prelude = File.ReadAllText(Path.Combine(s_tables, "prelude.py"));
        var request = new ValidationRequest { Contract = CandidateContract.Plain };
        var folder = Directory.CreateTempSubdirectory("nngpt-tables-");
        try
        {
            var files = cases.Select((chunk, i) => Written(Path.Combine(folder.FullName, $"{table}{i:000}.py"), prelude, chunk)).ToList();
            var answers = PyTorch.Ask(request, files);
            var differences = new List<string>();
            foreach (var (chunk, file) in cases.Zip(files))
            {
                var report = CandidateValidator.Validate(File.ReadAllText(file), request, Comparison.Limits, TestContext.Current.CancellationToken);
                var ours = Lines(report.Rejection?.Message);
                var theirs = Lines(answers[Path.GetFileName(file)].GetProperty("error").GetProperty("message").GetString());
                Assert.Equal(chunk.Length, theirs.Length);
                differences.AddRange(ours.Length == chunk.Length
                    ? Enumerable.Range(0, chunk.Length).Where(i => !Same(ours[i], theirs[i])).Select(i => $"{chunk[i]}\n  {ours[i]}\n  instead of\n  {theirs[i]}")
                    : [$"{string.Join('\n', chunk)}\n  {report.Rejection}"]);
            }

            Assert.True(differences.Count == 0, string.Join('\n', differences));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The same words, and the same numbers but for the order in which they were summed.
    private static bool Same(string ours, string theirs) =>
        Number().Replace(ours, "0") == Number().Replace(theirs, "0")
        && Number().Matches(ours).Zip(Number().Matches(theirs)).All(pair => Close(Value(pair.First), Value(pair.Second)));

    private static double Value(Match number) => double.Parse(number.ValueSpan, CultureInfo.InvariantCulture);

    private static bool Close(double left, double right) => Math.Abs(left - right) <= 1e-4 * Math.Max(Math.Abs(left), Math.Abs(right)) + 1e-6;

    [GeneratedRegex(@"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")]
    private static partial Regex Number();

    private static string[] Lines(string? text) => (text ?? "").Split('\n');

    // A network whose constructor evaluates the lines, and raises what came of them.
    private static string Written(string path, string prelude, string[] chunk)
    {
        var source = new StringBuilder(prelude);
        for (var i = 0; i < chunk.Length; i++)
        {
            var steps = chunk[i].Split(";;");
            source.Append($"def c{i}():\n");
            foreach (var step in steps[..^1])
                source.Append($"    {step.Trim()}\n");
            source.Append($"    return {steps[^1].Trim()}\n");
        }

        source.Append($"class Net(nn.Module):\n    def __init__(self):\n        raise ValueError(told([{string.Join(", ", Enumerable.Range(0, chunk.Length).Select(i => $"c{i}"))}]))\n");
        File.WriteAllText(path, source.ToString());
        return path;
    }
}

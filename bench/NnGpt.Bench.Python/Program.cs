// Reading candidate sources, beside CPython: NnGpt.Bench.Python [ROUNDS] [FILE...]
// bench/README.md has the last table.
using System.Diagnostics;
using System.Globalization;
using NnGpt.Python;
using NnGpt.Python.Lexing;

const string Python = "/usr/bin/python3";
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 101;
string[] files = args.Length > 1
    ? args[1..]
    : [.. Directory.GetFiles("tests", "*.py", SearchOption.AllDirectories).Where(f => f.Contains("/Networks/", StringComparison.Ordinal) || f.Contains("/Candidates/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

var cold = Milliseconds(() => PythonSource.Compile(File.ReadAllText(files[0]), "cold"));
files = [.. files.Where(f => PythonSource.Compile(File.ReadAllText(f), f).Succeeded)];
string[] sources = [.. files.Select(File.ReadAllText)];
for (var round = 0; round < 300; round++)
    PythonSource.Compile(sources[round % sources.Length], "warm");

var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true };
start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "reference.py"));
start.ArgumentList.Add(rounds.ToString(CultureInfo.InvariantCulture));
Array.ForEach(files, start.ArgumentList.Add);
using var reference = Process.Start(start)!;
double[] ours = new double[files.Length], lexing = new double[files.Length], parse = new double[files.Length], compile = new double[files.Length];
for (var i = 0; i < files.Length; i++)
{
    var figures = reference.StandardOutput.ReadLine()!.Split(' ');
    (parse[i], compile[i]) = (double.Parse(figures[0], CultureInfo.InvariantCulture), double.Parse(figures[1], CultureInfo.InvariantCulture));
    var source = sources[i];
    lexing[i] = Median(() => PythonLexer.Tokenize(source));
    ours[i] = Median(() => PythonSource.Compile(source, "bench"));
}

reference.WaitForExit();
var bytes = sources.Sum(s => s.Length);
Console.WriteLine($"{files.Length} files, {bytes / 1e3:0} kB, {sources.Sum(s => s.Count(c => c == '\n'))} lines; medians of {rounds} rounds, side by side");
Console.WriteLine("| | ms a 200-line file | MB/s | to CPython's compile |");
Console.WriteLine("|---|---|---|---|");
Row("CPython ast.parse", parse);
Row("CPython compile", compile);
Row("NnGpt.Python lexer", lexing);
Row("NnGpt.Python compile (lex, parse, scopes, closures)", ours);
Console.WriteLine($"The first compilation in a process, with the just-in-time compiler's work: {cold:0} ms.");

void Row(string name, double[] times)
{
    var lines = sources.Sum(s => s.Count(c => c == '\n'));
    Console.WriteLine($"| {name} | {times.Sum() / lines * 200:0.00} | {bytes / times.Sum() / 1e3:0.0} | {times.Sum() / compile.Sum():0.00} |");
}

double Median(Action action)
{
    var times = new double[rounds];
    for (var i = 0; i < rounds; i++)
        times[i] = Milliseconds(action);
    Array.Sort(times);
    return times[rounds / 2];
}

static double Milliseconds(Action action)
{
    var begin = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
}

using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests;

/// <summary>One attempt of the corpus: the files of Hostile, and what is easier made than written.</summary>
/// <param name="Class">What it is after: the name of its file.</param>
/// <param name="Name">Unique within its class.</param>
/// <param name="Expected">Verdicts that show it was stopped; empty: any verdict of a worker that lives on.</param>
/// <param name="Source">A candidate file.</param>
public sealed record HostileAttempt(string Class, string Name, IReadOnlyList<RejectionReason> Expected, string Source)
{
    private const string Parser = "parser";
    private const string Marker = "\n#: ";

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Hostile");

    /// <summary>The classes, in alphabetical order.</summary>
    public static IReadOnlyList<string> Classes { get; } =
        [.. Directory.EnumerateFiles(s_folder, "*.py").Select(path => Path.GetFileNameWithoutExtension(path)).Append(Parser).Order(StringComparer.Ordinal)];

    /// <summary>The attempts of a class.</summary>
    public static IReadOnlyList<HostileAttempt> Read(string name) => name == Parser ? [.. ForTheParser()] :
    [
        // "#: passwd by open -> Name", the candidate on the lines below it
        .. File.ReadAllText(Path.Combine(s_folder, name + ".py")).Split(Marker).Skip(1).Select(part =>
        {
            string[] lines = part.Split('\n', 2);
            string[] head = lines[0].Split(" -> ");
            return new HostileAttempt(name, head[0], head.Length < 2 ? [] : [.. head[1].Split(", ").Select(Enum.Parse<RejectionReason>)], lines[1]);
        }),
    ];

    private static IEnumerable<HostileAttempt> ForTheParser()
    {
        static string Times(int count, string text) => string.Concat(Enumerable.Repeat(text, count));
        static HostileAttempt Rejected(string name, string source) => new(Parser, name, [RejectionReason.Syntax], source);
        static HostileAttempt Survived(string name, string source) => new(Parser, name, [], source + "\nraise SystemExit");

        yield return Rejected("deep parentheses", Times(100_000, "(") + Times(100_000, ")"));
        yield return Rejected("deep brackets", "x = " + Times(100_000, "[") + Times(100_000, "]"));
        yield return Rejected("deep braces", "x = " + Times(100_000, "{1:") + "1" + Times(100_000, "}"));
        yield return Rejected("deep unary", Times(100_000, "-") + "1");
        yield return Rejected("deep not", "x = " + Times(100_000, "not ") + "1");
        yield return Rejected("deep power", "x = " + Times(100_000, "1 ** ") + "1");
        yield return Rejected("deep lambda", "f = " + Times(100_000, "lambda: ") + "1");
        yield return Rejected("deep conditional", "x = " + Times(50_000, "1 if 1 else ") + "1");
        yield return Rejected("deep subscripts", "x = 1\nx" + Times(100_000, "[0") + Times(100_000, "]"));
        yield return Rejected("deep blocks", string.Concat(Enumerable.Range(0, 1000).Select(i => new string(' ', i) + "if 1:\n")) + new string(' ', 1000) + "pass");
        yield return Rejected("deep f-strings", "x = f'" + Times(500, "{f\"") + "1" + Times(500, "\"}") + "'");
        yield return Rejected("long sum", "x = " + string.Join(" + ", Enumerable.Repeat("1", 100_000)));
        yield return Rejected("long attribute", "x = 1\nx" + Times(100_000, ".a"));
        yield return Rejected("long call", "f = 1\nf" + Times(100_000, "()"));
        yield return Survived("long comparison", "x = " + string.Join(" < ", Enumerable.Repeat("1", 5000)));
        yield return Survived("long boolean", "x = " + string.Join(" and ", Enumerable.Repeat("1", 5000)));
        yield return Survived("long elif", "x = 1\nif x == 0:\n    pass\n" + string.Concat(Enumerable.Range(2, 3000).Select(i => $"elif x == {i}:\n    pass\n")));
        yield return Survived("long list", "x = [" + Times(100_000, "1, ") + "]");
        yield return Survived("many names", string.Concat(Enumerable.Range(0, 50_000).Select(i => $"x{i} = {i}\n")));
        yield return Survived("many functions", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"def f{i}(a, b=1, *c, d=2, **e): return a\n")));
        yield return Survived("many arguments", "def f(" + string.Join(", ", Enumerable.Range(0, 5000).Select(i => $"a{i}=0")) + "): pass\nf()");
        yield return Survived("giant number", "x = " + Times(50_000, "9"));
        yield return Survived("giant exponent", "x = 1e" + Times(5000, "9"));
        yield return Survived("giant string", "x = '" + Times(500_000, "a") + "'");
        yield return Survived("giant comment", "# " + Times(500_000, "a"));
        yield return Rejected("unterminated giant string", "x = '''" + Times(500_000, "a"));
        yield return new HostileAttempt(Parser, "giant file", [RejectionReason.Memory], Times(2 << 20, "\n"));
        yield return Rejected("no text", "\0\0\0\0");
        yield return Rejected("null byte", "x = 1\0");
        yield return Rejected("byte order mark inside", "x = 1\n\ufeffy = 2");
        yield return Rejected("right to left", "x = 1 \u202e + 2");
        yield return Rejected("lone surrogate", "x\ud800 = 1");
        yield return Rejected("form feeds and tabs", "if 1:\n\tx = 1\n        y = 2\n  \f z = 3");
        yield return Rejected("backslash at the end", "x = 1 \\");
        yield return Rejected("indentation without a block", "   x = 1\n  y = 2");
    }
}

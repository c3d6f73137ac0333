using NnGpt.Python.Lexing;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Tests.Fuzzing;

/// <summary>Runs any text through lexer, parser and evaluator. Whatever is no error of the language passes as a .NET exception.</summary>
internal static class FuzzTarget
{
    private static readonly ExecutionLimits s_limits = new()
    {
        Steps = 20_000,
        SingleAllocation = 1 << 20,
        TotalAllocation = 64 << 20,
        OutputCharacters = 2000,
        Time = TimeSpan.FromSeconds(20),
    };

    /// <summary>What came of it, in a line; the same for the same text, but for addresses.</summary>
    public static string Run(string source, CancellationToken cancellationToken)
    {
        PythonLexer.Tokenize(source);
        var compiled = PythonSource.Compile(source, "fuzz");
        if (!compiled.Succeeded)
        {
            return compiled.Error is { Line: > 0, Column: > 0, Message.Length: > 0 } error
                ? error.ToString()
                : throw new InvalidOperationException($"an error without a position or a message: {compiled.Error}");
        }

        var interpreter = new Interpreter(s_limits, TimeProvider.System, cancellationToken);
        StandardLibrary.Register(interpreter);
        var result = interpreter.Execute(compiled.Code, "fuzz");
        var text = interpreter.Evaluate(() => result.Exception?.Message ?? "");
        return $"{result.Limit} {text.Value} {text.Exception?.Instance.Class.Name} {interpreter.Output}";
    }

    /// <summary>The next text of a run: a program by the grammar, a damaged source, or noise.</summary>
    public static string Next(Random random, IReadOnlyList<string> sources) => random.Next(10) switch
    {
        < 5 => new SourceGenerator(random).Program(),
        < 9 => SourceDamage.Damage(random, sources),
        _ => SourceDamage.Noise(random),
    };
}

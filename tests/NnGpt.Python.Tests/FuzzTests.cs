using NnGpt.Python.Lexing;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Tests;

/// <summary>Sources with random damage: every one gets an outcome, none crashes the host or runs on.</summary>
public sealed class FuzzTests
{
    private static readonly ExecutionLimits s_limits = new()
    {
        Steps = 20_000,
        SingleAllocation = 1 << 20,
        TotalAllocation = 64 << 20,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Execute_DamagedSource_AlwaysHasAnOutcome(int seed)
    {
        var random = new Random(seed);
        var snippets = Snippet.All().Select(s => s.Source).ToArray();
        var outcomes = LargeStackThread.Run(() => Enumerable.Range(0, 400).Count(_ => Run(Damage(random, snippets))));

        Assert.Equal(400, outcomes);
    }

    private static bool Run(string source)
    {
        var compiled = PythonSource.Compile(source, "fuzz");
        if (!compiled.Succeeded)
            return compiled.Error.Line > 0 && compiled.Error.Message.Length > 0;
        var interpreter = new Interpreter(s_limits, TimeProvider.System, TestContext.Current.CancellationToken);
        StandardLibrary.Register(interpreter);
        var result = interpreter.Execute(compiled.Code, "fuzz");
        using var scope = interpreter.Enter();
        return result.Succeeded || result.Limit is not null || result.Exception!.Message.Length > 0;
    }

    private static string Damage(Random random, string[] snippets)
    {
        var source = snippets[random.Next(snippets.Length)];
        for (var i = random.Next(1, 4); i > 0 && source.Length > 4; i--)
        {
            var at = random.Next(source.Length - 1);
            var length = Math.Min(random.Next(1, 12), source.Length - at);
            source = random.Next(5) switch
            {
                0 => source.Remove(at, length),
                1 => source.Insert(at, "()[]{}:,.='\"\\*@%#\n\t -~0xé\u00a0"[random.Next(26)].ToString()),
                2 => source.Insert(at, SwapTokens(random, snippets[random.Next(snippets.Length)])),
                3 => source[..at],
                _ => source.Remove(at, 1).Insert(at, source[random.Next(source.Length - 1)].ToString()),
            };
        }

        return source;
    }

    private static string SwapTokens(Random random, string other)
    {
        var tokens = PythonLexer.Tokenize(other).Tokens.Where(t => !t.IsLayout).ToList();
        return tokens.Count == 0 ? "" : $" {tokens[random.Next(tokens.Count)].Text} ";
    }
}

using NnGpt.Python.Runtime;

namespace NnGpt.Python.Tests;

/// <summary>What a source printed and raised, as reference.py reports it.</summary>
public sealed record SnippetOutcome(string Output, string? Error, int Line)
{
    /// <summary>Runs a source in a new interpreter.</summary>
    public static SnippetOutcome Of(string source) => Of(source, new ExecutionLimits());

    public static SnippetOutcome Of(string source, ExecutionLimits limits)
    {
        var compiled = PythonSource.Compile(source, "snippet");
        if (!compiled.Succeeded)
            return new SnippetOutcome("", $"{compiled.Error.Kind}: {compiled.Error.Message}", compiled.Error.Line);
        var interpreter = new Interpreter(limits, TimeProvider.System, TestContext.Current.CancellationToken);
        StandardLibrary.Register(interpreter);
        var result = LargeStackThread.Run(() => interpreter.Execute(compiled.Code, "snippet"));
        if (result.Limit is { } limit)
            return new SnippetOutcome(interpreter.Output, $"limit: {limit}", 0);
        using var scope = interpreter.Enter();
        return new SnippetOutcome(
            interpreter.Output, result.Exception?.Message, result.Exception?.Traceback.FirstOrDefault()?.Line ?? 0);
    }
}

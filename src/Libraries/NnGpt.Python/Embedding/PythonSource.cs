using NnGpt.Python.Compilation;
using NnGpt.Python.Lexing;
using NnGpt.Python.Parsing;

namespace NnGpt.Python;

/// <summary>Compiles source text.</summary>
public static class PythonSource
{
    /// <summary>Longer sources are refused.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Parses and compiles. Bad source gives an error value; nothing is thrown.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">The name that tracebacks show.</param>
    public static CompilationResult Compile(string source, string fileName)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Length > MaximumLength)
            return Failure(new PythonSyntaxError("SyntaxError", "source is too long", 1, 1));
        if (source.Contains('\0', StringComparison.Ordinal))
            return Failure(new PythonSyntaxError("SyntaxError", "source code cannot contain null bytes", 1, 1));
        var (tree, error) = Parser.Parse(source);
        if (tree is null)
            return Failure(error!);
        try
        {
            return new CompilationResult { Code = new PythonCode(Compiler.CompileModule(tree, fileName)) };
        }
        catch (LexicalErrorException exception)
        {
            return Failure(exception.Error);
        }
        catch (InsufficientExecutionStackException)
        {
            return Failure(new PythonSyntaxError("SyntaxError", "too many nested expressions", 1, 1));
        }
    }

    private static CompilationResult Failure(PythonSyntaxError error) => new() { Error = error };
}

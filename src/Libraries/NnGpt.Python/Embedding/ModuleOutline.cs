using NnGpt.Python.Parsing;
using NnGpt.Python.Syntax;

namespace NnGpt.Python;

/// <summary>What a module defines at its top level, read from its text; nothing is evaluated.</summary>
/// <param name="Classes">Classes, also those under an if or try, in order.</param>
/// <param name="Functions">Functions, likewise.</param>
public sealed record ModuleOutline(IReadOnlyList<ClassOutline> Classes, IReadOnlyList<FunctionOutline> Functions)
{
    /// <summary>Parses a source; exactly one of the results is null.</summary>
    public static (ModuleOutline? Outline, PythonSyntaxError? Error) Read(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Length > PythonSource.MaximumLength)
            return (null, new PythonSyntaxError("SyntaxError", "source is too long", 1, 1));
        var (tree, error) = Parser.Parse(source);
        if (tree is null)
            return (null, error);
        var classes = new List<ClassOutline>();
        var functions = new List<FunctionOutline>();
        foreach (var statement in Definitions(tree.Body))
        {
            if (statement is ClassStatement c)
                classes.Add(ClassOutline.Of(c));
            else if (statement is FunctionStatement f)
                functions.Add(FunctionOutline.Of(f));
        }
        return (new ModuleOutline(classes, functions), null);
    }

    /// <summary>The statements that run when a body runs, those of its branches included.</summary>
    internal static IEnumerable<Statement> Definitions(IReadOnlyList<Statement> body) => body.SelectMany(statement => statement switch
    {
        IfStatement s => Definitions([.. s.Branches.SelectMany(b => b.Body), .. s.Otherwise]),
        TryStatement s => Definitions([.. s.Body, .. s.Handlers.SelectMany(h => h.Body), .. s.Otherwise, .. s.Final]),
        WithStatement s => Definitions(s.Body),
        _ => [statement],
    });
}

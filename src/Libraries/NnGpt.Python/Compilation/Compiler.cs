using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Compiles the code of one scope to closures.</summary>
internal sealed partial class Compiler
{
    private static readonly StatementCode s_nothing = _ => Completion.Normal;
    private readonly CompilationUnit _unit;
    private readonly Scope _scope;
    private int _statementLine;

    private Compiler(CompilationUnit unit, Scope scope)
    {
        _unit = unit;
        _scope = scope;
    }

    /// <summary>Compiles a whole source.</summary>
    public static FunctionCode CompileModule(SyntaxTree tree, string file)
    {
        var unit = new CompilationUnit(file, ScopeBuilder.Build(tree), tree.LazyAnnotations);
        var scope = unit.Scopes[tree];
        var compiler = new Compiler(unit, scope);
        var code = new FunctionCode
        {
            Name = "<module>",
            QualifiedName = "<module>",
            File = file,
            Signature = new Signature([]),
            Line = 1,
        };
        code.Body = compiler.Block(tree.Body);
        code.LocalCount = scope.SlotCount;
        return code;
    }

    private StatementCode Block(IReadOnlyList<Statement> body)
    {
        var codes = body.Select(Compile).Where(c => !ReferenceEquals(c, s_nothing)).ToArray();
        switch (codes.Length)
        {
            case 0:
                return s_nothing;
            case 1:
                return codes[0];
            case 2:
                var (first, second) = (codes[0], codes[1]);
                return frame =>
                {
                    var completion = first(frame);
                    return completion != Completion.Normal ? completion : second(frame);
                };
            default:
                return frame =>
                {
                    foreach (var code in codes)
                    {
                        var completion = code(frame);
                        if (completion != Completion.Normal)
                            return completion;
                    }

                    return Completion.Normal;
                };
        }
    }

    private Compiler Inner(object node) => new(_unit, _unit.Scopes[node]);
}

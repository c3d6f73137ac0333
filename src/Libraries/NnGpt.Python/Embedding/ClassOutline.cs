using NnGpt.Python.Syntax;

namespace NnGpt.Python;

/// <summary>A class as its text defines it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bases">Last names of its bases: <c>Module</c> of <c>nn.Module</c>; empty for one that is an expression.</param>
/// <param name="Methods">Its functions, in order.</param>
/// <param name="Attributes">Names that its body assigns.</param>
public sealed record ClassOutline(
    string Name, IReadOnlyList<string> Bases, IReadOnlyList<FunctionOutline> Methods, IReadOnlyList<string> Attributes)
{
    internal static ClassOutline Of(ClassStatement statement)
    {
        var body = ModuleOutline.Definitions(statement.Body).ToList();
        return new ClassOutline(
            statement.Name,
            [.. statement.Arguments.Where(a => !a.IsKeyword).Select(a => NameOf(a.Value))],
            [.. body.OfType<FunctionStatement>().Select(FunctionOutline.Of)],
            [.. body.OfType<AssignStatement>().SelectMany(a => a.Targets).OfType<NameExpression>().Select(n => n.Id)]);
    }

    private static string NameOf(Expression expression) => expression switch
    {
        NameExpression name => name.Id,
        AttributeExpression attribute => attribute.Name,
        _ => "",
    };
}

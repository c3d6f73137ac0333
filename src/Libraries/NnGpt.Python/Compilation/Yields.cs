using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Finds yields, without those of inner functions.</summary>
internal static class Yields
{
    public static bool In(Statement statement) => statement switch
    {
        IfStatement node => node.Branches.Any(b => In(b.Condition) || In(b.Body)) || In(node.Otherwise),
        WhileStatement node => In(node.Condition) || In(node.Body) || In(node.Otherwise),
        ForStatement node => In(node.Iterable) || In(node.Body) || In(node.Otherwise),
        TryStatement node => In(node.Body) || node.Handlers.Any(h => In(h.Body)) || In(node.Otherwise) || In(node.Final),
        WithStatement node => node.Items.Any(i => In(i.Manager)) || In(node.Body),
        MatchStatement node => In(node.Subject) || node.Cases.Any(c => In(c.Body)),
        _ => ExpressionsOf(statement).Any(In),
    };

    /// <summary>The expressions of a simple statement in the order of evaluation.</summary>
    public static IEnumerable<Expression> ExpressionsOf(Statement statement)
    {
        Expression?[] all = statement switch
        {
            ExpressionStatement node => [node.Value],
            AssignStatement node => [node.Value, .. node.Targets],
            AugmentedAssignStatement node => [node.Target, node.Value],
            AnnotatedAssignStatement node => [node.Value],
            ReturnStatement node => [node.Value],
            RaiseStatement node => [node.Exception, node.Cause],
            AssertStatement node => [node.Condition, node.Message],
            DeleteStatement node => [.. node.Targets],
            FunctionStatement node => [.. node.Decorators, .. node.Parameters.Select(p => p.Default)],
            ClassStatement node => [.. node.Decorators, .. node.Arguments.Select(a => a.Value)],
            _ => [],
        };
        return all.OfType<Expression>();
    }

    /// <summary>The yields below an expression, inner ones first.</summary>
    public static IEnumerable<Expression> InOrder(Expression expression)
    {
        foreach (var child in Children.Of(expression))
        {
            foreach (var found in InOrder(child))
                yield return found;
        }

        if (expression is YieldExpression or YieldFromExpression)
            yield return expression;
    }

    private static bool In(IEnumerable<Statement> body) => body.Any(In);

    private static bool In(Expression expression) => InOrder(expression).Any();
}

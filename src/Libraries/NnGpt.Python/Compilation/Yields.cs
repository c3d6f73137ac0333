using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Finds yields, without those of inner functions.</summary>
internal static class Yields
{
    public static bool In(Statement statement) => statement switch
    {
        IfStatement node => node.Branches.Any(b => In(b.Condition) || In(b.Body)) || In(node.Otherwise),
        WhileStatement node => In(node.Condition) || In(node.Body) || In(node.Otherwise),
        ForStatement { IsAsync: true } or WithStatement { IsAsync: true } => true,
        ForStatement node => In(node.Iterable) || In(node.Body) || In(node.Otherwise),
        TryStatement node => In(node.Body) || node.Handlers.Any(h => In(h.Body)) || In(node.Otherwise) || In(node.Final),
        WithStatement node => node.Items.Any(i => In(i.Manager)) || In(node.Body),
        MatchStatement node => In(node.Subject) || node.Cases.Any(c => (c.Guard is not null && In(c.Guard)) || In(c.Body)),
        _ => ExpressionsOf(statement).Any(In),
    };

    /// <summary>The expressions of a simple statement in the order of evaluation.</summary>
    public static IEnumerable<Expression> ExpressionsOf(Statement statement)
    {
        Expression?[] all = statement switch
        {
            ExpressionStatement node => [node.Value],
            AssignStatement node => [node.Value, .. node.Targets.SelectMany(PartsOfTarget)],
            AugmentedAssignStatement node => [.. PartsOfTarget(node.Target), node.Value],
            AnnotatedAssignStatement node => [node.Value, .. PartsOfTarget(node.Target)],
            ReturnStatement node => [node.Value],
            RaiseStatement node => [node.Exception, node.Cause],
            AssertStatement node => [node.Condition, node.Message],
            DeleteStatement node => [.. node.Targets.SelectMany(PartsOfTarget)],
            FunctionStatement node => [.. node.Decorators, .. node.Parameters.Select(p => p.Default)],
            ClassStatement node => [.. node.Decorators, .. node.Arguments.Select(a => a.Value)],
            _ => [],
        };
        return all.OfType<Expression>();
    }

    /// <summary>The subexpressions that are evaluated before the expression itself, in that order.</summary>
    public static IEnumerable<Expression> PartsOf(Expression expression) => expression switch
    {
        CallExpression { Function: AttributeExpression method } call => [method.Target, .. call.Arguments.Select(a => a.Value)],
        SequenceExpression node => node.Items.Select(i => i is StarredExpression starred ? starred.Value : i),
        _ => Children.Of(expression),
    };

    private static IEnumerable<Expression> PartsOfTarget(Expression target) => target switch
    {
        NameExpression => [],
        StarredExpression node => PartsOfTarget(node.Value),
        SequenceExpression node => node.Items.SelectMany(PartsOfTarget),
        _ => Children.Of(target),
    };

    private static bool In(IEnumerable<Statement> body) => body.Any(In);

    public static bool In(Expression expression)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return expression is YieldExpression or YieldFromExpression || Children.Of(expression).Any(In);
    }
}

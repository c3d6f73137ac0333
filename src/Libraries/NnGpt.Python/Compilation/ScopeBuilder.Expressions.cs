using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Names in expressions, targets and patterns.</summary>
internal sealed partial class ScopeBuilder
{
    private void VisitOptional(Expression? expression)
    {
        if (expression is not null)
            Visit(expression);
    }

    private void Visit(Expression expression)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expression)
        {
            case NameExpression node:
                _scope.Used.Add(node.Id);
                if (node.Id == "super")
                    _scope.Used.Add("__class__");
                break;
            case LambdaExpression node:
                VisitDefaults(node.Parameters);
                Within(node, new Scope(ScopeKind.Function, _scope, "<lambda>"), () =>
                {
                    BindParameters(node.Parameters);
                    Visit(node.Body);
                });
                break;
            case ComprehensionExpression node:
                VisitComprehension(node);
                break;
            case TypeAliasExpression node:
                _scope.Used.UnionWith(node.Parameters);
                Visit(node.Value);
                break;
            case NamedExpression node:
                Visit(node.Value);
                BindNamed(node);
                break;
            case YieldFromExpression { IsAwait: true } node:
                var function = _scope;
                while (function.IsComprehension)
                    function = function.Parent!;
                if (!function.IsAsync)
                    throw Error(expression, function.Kind == ScopeKind.Function ? "'await' outside async function" : "'await' outside function");
                Visit(node.Value);
                break;
            case YieldExpression or YieldFromExpression:
                if (_scope.Kind != ScopeKind.Function)
                    throw Error(expression, "'yield' outside function");
                if (_scope.IsComprehension)
                    throw Error(expression, $"'yield' inside {ComprehensionText(_scope.Name)}");
                if (_scope.IsAsync && expression is YieldFromExpression)
                    throw Error(expression, "'yield from' inside async function");
                _scope.IsGenerator = true;
                foreach (var child in Children.Of(expression))
                    Visit(child);
                break;
            default:
                foreach (var child in Children.Of(expression))
                    Visit(child);
                break;
        }
    }

    private static string ComprehensionText(string name) => name switch
    {
        "<listcomp>" => "list comprehension",
        "<setcomp>" => "set comprehension",
        "<dictcomp>" => "dict comprehension",
        _ => "generator expression",
    };

    /// <summary>A walrus inside a comprehension binds in the function around it.</summary>
    private void BindNamed(NamedExpression node)
    {
        var name = node.Target.Id;
        var owner = _scope;
        while (owner.IsComprehension)
            owner = owner.Parent!;
        if (owner != _scope)
        {
            if (owner.Kind == ScopeKind.Class)
                throw Error(node, "assignment expression within a comprehension cannot be used in a class body");
            for (var scope = _scope; scope != owner; scope = scope.Parent!)
            {
                scope.Used.Add(name);
                _declarations[(scope, name)] = node;
                (owner.Kind == ScopeKind.Module || owner.Globals.Contains(name) ? scope.Globals : scope.Nonlocals).Add(name);
            }
        }

        owner.Bound.Add(name);
        owner.Used.Add(name);
    }

    private void VisitComprehension(ComprehensionExpression node)
    {
        Visit(node.Clauses[0].Iterable);
        var name = node.Kind switch
        {
            ComprehensionKind.List => "<listcomp>",
            ComprehensionKind.Set => "<setcomp>",
            ComprehensionKind.Dict => "<dictcomp>",
            _ => "<genexpr>",
        };
        Within(node, new Scope(ScopeKind.Function, _scope, name) { IsComprehension = true }, () =>
        {
            _scope.Parameters.Add(".0");
            _scope.SlotOf(".0");
            for (var i = 0; i < node.Clauses.Count; i++)
            {
                var clause = node.Clauses[i];
                if (i > 0)
                    Visit(clause.Iterable);
                VisitTarget(clause.Target);
                foreach (var condition in clause.Conditions)
                    Visit(condition);
            }

            Visit(node.Element);
            VisitOptional(node.Value);
        });
    }

    private void VisitTarget(Expression target)
    {
        switch (target)
        {
            case NameExpression name:
                Bind(name.Id);
                break;
            case StarredExpression starred:
                VisitTarget(starred.Value);
                break;
            case SequenceExpression sequence:
                foreach (var item in sequence.Items)
                    VisitTarget(item);
                break;
            default:
                Visit(target);
                break;
        }
    }

    private void VisitPattern(Pattern pattern)
    {
        switch (pattern)
        {
            case ValuePattern node:
                Visit(node.Value);
                break;
            case CapturePattern node:
                if (node.Pattern is not null)
                    VisitPattern(node.Pattern);
                if (node.Name is not null)
                    Bind(node.Name);
                break;
            case StarPattern { Name: { } name }:
                Bind(name);
                break;
            case OrPattern node:
                foreach (var alternative in node.Alternatives)
                    VisitPattern(alternative);
                break;
            case SequencePattern node:
                foreach (var item in node.Items)
                    VisitPattern(item);
                break;
            case MappingPattern node:
                foreach (var (key, value) in node.Items)
                {
                    Visit(key);
                    VisitPattern(value);
                }

                if (node.Rest is not null)
                    Bind(node.Rest);
                break;
            case ClassPattern node:
                Visit(node.Class);
                foreach (var item in node.Positional)
                    VisitPattern(item);
                foreach (var (_, value) in node.Keywords)
                    VisitPattern(value);
                break;
        }
    }
}

using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>The direct subexpressions of an expression in the order of evaluation, without those of inner scopes.</summary>
internal static class Children
{
    public static IEnumerable<Expression> Of(Expression expression)
    {
        switch (expression)
        {
            case FormattedString node:
                foreach (var part in node.Parts)
                {
                    if (part.Value is not null)
                        yield return part.Value;
                    if (part.Format is not null)
                        yield return part.Format;
                }

                break;
            case AttributeExpression node:
                yield return node.Target;
                break;
            case SubscriptExpression node:
                yield return node.Target;
                yield return node.Index;
                break;
            case SliceExpression node:
                if (node.Start is not null)
                    yield return node.Start;
                if (node.Stop is not null)
                    yield return node.Stop;
                if (node.Step is not null)
                    yield return node.Step;
                break;
            case CallExpression node:
                yield return node.Function;
                foreach (var argument in node.Arguments)
                    yield return argument.Value;
                break;
            case BinaryExpression node:
                yield return node.Left;
                yield return node.Right;
                break;
            case UnaryExpression node:
                yield return node.Operand;
                break;
            case BooleanExpression node:
                foreach (var value in node.Values)
                    yield return value;
                break;
            case CompareExpression node:
                yield return node.Left;
                foreach (var comparison in node.Comparisons)
                    yield return comparison.Right;
                break;
            case ConditionalExpression node:
                yield return node.Condition;
                yield return node.Then;
                yield return node.Otherwise;
                break;
            case SequenceExpression node:
                foreach (var item in node.Items)
                    yield return item;
                break;
            case DictExpression node:
                foreach (var (key, value) in node.Items)
                {
                    if (key is not null)
                        yield return key;
                    yield return value;
                }

                break;
            case StarredExpression node:
                yield return node.Value;
                break;
            case YieldExpression { Value: { } value }:
                yield return value;
                break;
            case YieldFromExpression node:
                yield return node.Value;
                break;
            case NamedExpression node:
                yield return node.Value;
                break;
            case TypeParameterExpression { Bound: { } bound }:
                yield return bound;
                break;
            case TypeAliasExpression node:
                yield return node.Value;
                break;
            case ComprehensionExpression node:
                yield return node.Clauses[0].Iterable;
                break;
            case LambdaExpression node:
                foreach (var parameter in node.Parameters)
                {
                    if (parameter.Default is not null)
                        yield return parameter.Default;
                }

                break;
        }
    }
}
